namespace Isobar.Local.Tests.Recorded;

/// <summary>Names for the values that no two runs share, such as version ids: the first one seen of a kind is
/// <c>&lt;version:1&gt;</c>, and so is the same value wherever it comes again, whatever the field.</summary>
internal sealed class AnswerNames
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>The name of a value, which gets one if it has none.</summary>
    public string Of(string kind, string value)
    {
        if (names.TryGetValue(value, out var name)) return name;
        var number = counts[kind] = counts.GetValueOrDefault(kind) + 1;
        return names[value] = $"<{kind}:{number}>";
    }

    /// <summary>The name of a value that has one; otherwise the value.</summary>
    public string Known(string value) => names.GetValueOrDefault(value, value);
}
