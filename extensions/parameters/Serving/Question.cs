using Isobar.Parameters.Caching;

namespace Isobar.Parameters.Serving;

/// <summary>Reads what a request asks for.</summary>
internal static class Question
{
    /// <summary>A parameter's ARN, and a secret's, have at most this many characters.</summary>
    public const int MaxNameCharacters = 2_048;

    /// <param name="target">Path and query.</param>
    /// <param name="reason">Why a known path asks for nothing; null for an unknown path.</param>
    /// <returns>Null if it asks for nothing.</returns>
    public static Wanted? Parse(string target, out string? reason)
    {
        var mark = target.IndexOf('?');
        var path = (mark < 0 ? target : target[..mark]).TrimEnd('/');
        (string Name, string Value)[] query = mark < 0 ? [] : [.. target[(mark + 1)..].Split('&').Select(Pair)];
        reason = null;
        return path switch
        {
            "/systemsmanager/parameters/get" => Parameter(query, out reason),
            "/secretsmanager/get" => Secret(query, out reason),
            _ => null,
        };
    }

    private static Wanted? Parameter((string Name, string Value)[] query, out string? reason)
    {
        var name = First(query, "name");
        reason = Invalid("name", name);
        var decrypt = First(query, "withDecryption") ?? "false";
        if (!bool.TryParse(decrypt, out var isDecrypted)) reason ??= "withDecryption should be true or false";
        // Where both are given, AWS takes the one that comes first.
        var (selector, value) = query.FirstOrDefault(pair => pair is { Name: "version" or "label", Value.Length: > 0 });
        if (selector == "version" && !value.All(char.IsAsciiDigit)) reason ??= "version should be a number";
        return reason is not null ? null : new Wanted(
            Store.Parameters, name!, selector == "version" ? value : null, selector == "label" ? value : null,
            isDecrypted);
    }

    private static Wanted? Secret((string Name, string Value)[] query, out string? reason)
    {
        var id = First(query, "secretId");
        reason = Invalid("secretId", id);
        return reason is not null
            ? null
            : new Wanted(Store.Secrets, id!, First(query, "versionId"), First(query, "versionStage"), null);
    }

    private static string? Invalid(string name, string? value) => value switch
    {
        null => $"{name} is missing",
        { Length: > MaxNameCharacters } => $"{name} is longer than {MaxNameCharacters} characters",
        _ => null,
    };

    private static string? First((string Name, string Value)[] query, string name) =>
        query.FirstOrDefault(pair => pair.Name == name).Value is { Length: > 0 } value ? value : null;

    private static (string Name, string Value) Pair(string text)
    {
        var equals = text.IndexOf('=');
        return equals < 0
            ? (Uri.UnescapeDataString(text), "")
            : (Uri.UnescapeDataString(text[..equals]), Uri.UnescapeDataString(text[(equals + 1)..].Replace('+', ' ')));
    }
}
