using System.Globalization;
using System.Text.Json;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Patterns;

/// <summary>A property of a JSON message: <c>$.users[0].id</c>.</summary>
internal sealed class JsonSelector
{
    private readonly List<(string? Name, int Index)> steps = [];

    private JsonSelector()
    {
    }

    /// <summary>As it is written in the pattern.</summary>
    public string Text => "$" + string.Concat(
        steps.Select(step => step.Name is null ? $"[{step.Index}]" : $".{step.Name}"));

    /// <exception cref="AwsException">InvalidParameterException.</exception>
    public static JsonSelector Read(PatternScanner scanner)
    {
        scanner.Expect("$");
        var selector = new JsonSelector();
        while (scanner.Current is '.' or '[')
        {
            if (scanner.Take("."))
            {
                var name = scanner.TakeWhile(
                    character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');
                if (name.Length == 0) throw scanner.Unexpected("the name of a property");
                selector.steps.Add((name, 0));
                continue;
            }

            scanner.Expect("[");
            if (!int.TryParse(
                scanner.TakeWhile(char.IsAsciiDigit), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                throw scanner.Unexpected("the index of an element");
            scanner.Expect("]");
            selector.steps.Add((null, index));
        }

        return selector.steps is [{ Name: not null }, ..] ? selector : throw scanner.Unexpected("'.' and a property");
    }

    /// <returns>Null where the message has no such property.</returns>
    public JsonElement? Find(JsonElement root)
    {
        var at = root;
        foreach (var (name, index) in steps)
        {
            if (name is not null)
            {
                if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return null;
            }
            else
            {
                if (at.ValueKind != JsonValueKind.Array || index >= at.GetArrayLength()) return null;
                at = at[index];
            }
        }

        return at;
    }
}
