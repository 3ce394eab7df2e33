using System.Text.RegularExpressions;

namespace Isobar.Local.Services.ApiGateway.Mapping;

/// <summary>Where a mapped parameter takes its value from.</summary>
/// <remarks>Source: API Gateway Developer Guide, "Parameter mapping source examples for REST APIs".</remarks>
internal sealed partial record ParameterSource(Func<TemplateScope, string?> Read)
{
    public const string OfRequests = "'a constant', method.request.header|querystring|path.<name>, context.<name> "
        + "and stageVariables.<name>";

    public const string OfResponses = "'a constant', integration.response.header.<name>, context.<name> and "
        + "stageVariables.<name>";

    /// <summary>The header that this reads, if it is one of the request's.</summary>
    public string? RequestHeader { get; private init; }

    /// <param name="text">As the API's definition writes it.</param>
    /// <param name="isResponse">Whether the integration's answer can be read, in place of the request.</param>
    /// <returns>Null when it is none of those supported.</returns>
    public static ParameterSource? TryParse(string text, bool isResponse)
    {
        if (text.Length >= 2 && text[0] == '\'' && text[^1] == '\'')
        {
            var constant = text[1..^1];
            return new ParameterSource(_ => constant);
        }

        var groups = Written().Match(text).Groups;
        var name = groups["name"].Value;
        return groups["root"].Value switch
        {
            "context" when ContextVariables.Knows(name.Split('.')) =>
                new(scope => ContextVariables.Find(scope.Context, name.Split('.')) is { } value
                    ? Values.Text(value)
                    : null),
            "stageVariables" => new(scope => scope.StageVariables.GetValueOrDefault(name)),
            "integration.response.header" when isResponse =>
                new(scope => scope.ResponseHeaders.GetValueOrDefault(name)),
            "method.request.header" when !isResponse =>
                new(scope => scope.Parameters.Find("header", name)) { RequestHeader = name },
            "method.request.querystring" when !isResponse => new(scope => scope.Parameters.Find("querystring", name)),
            "method.request.path" when !isResponse => new(scope => scope.Parameters.Find("path", name)),
            _ => null,
        };
    }

    [GeneratedRegex(@"^(?<root>context|stageVariables|method\.request\.(header|querystring|path)|"
        + @"integration\.response\.header)\.(?<name>.+)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
