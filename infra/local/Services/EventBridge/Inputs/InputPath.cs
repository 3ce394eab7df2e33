using System.Globalization;
using System.Text.Json;

namespace Isobar.Local.Services.EventBridge.Inputs;

/// <summary>The JSONPath that EventBridge takes: <c>$.detail.items[0].id</c>, names in dots or in brackets.</summary>
/// <remarks>Source: Amazon EventBridge User Guide, "Amazon EventBridge input transformation".</remarks>
internal sealed class InputPath
{
    // A name, or an index in a list.
    private readonly IReadOnlyList<(string? Name, int Index)> steps;

    private InputPath(IReadOnlyList<(string? Name, int Index)> steps) => this.steps = steps;

    /// <returns>Null when it is no path of this kind.</returns>
    public static InputPath? TryRead(string text)
    {
        if (!text.StartsWith('$')) return null;
        var steps = new List<(string?, int)>();
        for (var rest = text.AsSpan(1); rest.Length > 0;)
        {
            var length = rest[0] switch
            {
                '.' => ReadName(rest, steps),
                '[' => ReadBracket(rest, steps),
                _ => 0,
            };
            if (length == 0) return null;
            rest = rest[length..];
        }

        return new InputPath(steps);
    }

    /// <returns>Null when the JSON has nothing at this path.</returns>
    public JsonElement? Find(JsonElement document)
    {
        var current = document;
        foreach (var (name, index) in steps)
        {
            if (name is not null)
            {
                if (current.ValueKind != JsonValueKind.Object
                    || !current.TryGetProperty(name, out current)) return null;
            }
            else
            {
                if (current.ValueKind != JsonValueKind.Array || index >= current.GetArrayLength()) return null;
                current = current[index];
            }
        }

        return current;
    }

    private static int ReadName(ReadOnlySpan<char> rest, List<(string?, int)> steps)
    {
        var end = rest[1..].IndexOfAny('.', '[');
        var length = end < 0 ? rest.Length : end + 1;
        if (length < 2) return 0;
        steps.Add((rest[1..length].ToString(), 0));
        return length;
    }

    private static int ReadBracket(ReadOnlySpan<char> rest, List<(string?, int)> steps)
    {
        var end = rest.IndexOf(']');
        if (end < 0) return 0;
        var inner = rest[1..end];
        if (inner is ['\'', .., '\''] or ['"', .., '"'] && inner.Length > 2) steps.Add((inner[1..^1].ToString(), 0));
        else if (int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            steps.Add((null, index));
        else return 0;
        return end + 1;
    }
}
