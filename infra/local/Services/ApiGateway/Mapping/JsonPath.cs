using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Isobar.Local.Services.ApiGateway.Mapping;

/// <summary>
/// The part of JSONPath that mapping templates use: <c>$</c>, <c>.name</c>, <c>['name']</c>, <c>[0]</c>.
/// </summary>
internal sealed partial class JsonPath
{
    private readonly IReadOnlyList<string> steps;

    private JsonPath(IReadOnlyList<string> steps) => this.steps = steps;

    /// <returns>Null when the text is no such path.</returns>
    public static JsonPath? TryParse(string text) =>
        Whole().Match(text) is { Success: true } match
            ? new JsonPath([.. match.Groups["step"].Captures.Select(step => step.Value)])
            : null;

    /// <returns>Null when nothing stands there, or null does.</returns>
    public JsonNode? Find(JsonNode? root)
    {
        foreach (var step in steps)
        {
            root = root switch
            {
                JsonObject map => map[step],
                JsonArray list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < list.Count => list[index],
                _ => null,
            };
        }

        return root;
    }

    [GeneratedRegex(@"^\$(\.(?<step>[\p{L}\p{N}_-]+)|\['(?<step>[^']+)'\]|\[(?<step>[0-9]{1,9})\])*\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
