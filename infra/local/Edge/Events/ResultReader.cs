using System.Text.Json;

namespace Isobar.Local.Edge.Events;

/// <summary>Reads the parts of what a function returned; a part of another type makes the result invalid.</summary>
internal static class ResultReader
{
    // CloudFront ignores members that it does not know.
    public static string? Text(JsonElement owner, string name) =>
        !owner.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new InvalidResultException($"The {name} is not a string.");

    /// <summary>Headers; a line without a key gets its name in the usual case.</summary>
    /// <param name="before">What the function was given: a value that it returns as it was may have any
    /// character.</param>
    /// <param name="member">Where they are.</param>
    public static HeaderMap Headers(JsonElement owner, HeaderMap before, string member = "headers")
    {
        var headers = new HeaderMap();
        if (!owner.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null) return headers;
        if (value.ValueKind != JsonValueKind.Object)
            throw new InvalidResultException($"The {member} are not an object.");
        foreach (var header in value.EnumerateObject())
        {
            if (!IsName(header.Name) || header.Name.Any(char.IsAsciiLetterUpper))
                throw new InvalidResultException($"The header name {Shown(header.Name)} is not in lower case.");
            if (header.Value.ValueKind != JsonValueKind.Array)
                throw new InvalidResultException($"The header {header.Name} is not a list of values.");
            headers[header.Name] = [.. header.Value.EnumerateArray().Select(line => Line(header.Name, line, before))];
        }

        return headers;
    }

    private static HeaderLine Line(string name, JsonElement line, HeaderMap before)
    {
        if (line.ValueKind != JsonValueKind.Object || Text(line, "value") is not { } value)
            throw new InvalidResultException($"A value of the header {name} is not an object with a value.");
        if (value.Any(character => character is (< ' ' and not '\t') or > '~') && !before.Has(name, value))
            throw new InvalidResultException($"A value of the header {name} has a character that must be encoded.");
        var key = Text(line, "key") ?? InUsualCase(name);
        return key.Equals(name, StringComparison.OrdinalIgnoreCase)
            ? new HeaderLine(key, value)
            : throw new InvalidResultException($"The key {Shown(key)} is not the header's name {name}.");
    }

    private static bool IsName(string name) => name.Length > 0 && name.All(character =>
        char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character));

    private static string InUsualCase(string name) =>
        string.Join('-', name.Split('-').Select(
            part => part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    private static string Shown(string text) => text.Length > 64 ? text[..64] + "…" : text;
}
