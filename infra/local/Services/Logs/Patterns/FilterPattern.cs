using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Patterns;

/// <summary>A filter pattern: terms, a condition on JSON, or fields that white space separates.</summary>
/// <remarks>Source: Amazon CloudWatch Logs User Guide, "Filter pattern syntax for metric filters, subscription filters,
/// filter log events, and Live Tail".</remarks>
internal abstract class FilterPattern
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <exception cref="AwsException">InvalidParameterException: no pattern, or one that is not supported.</exception>
    public static FilterPattern Parse(string text)
    {
        var trimmed = text.Trim();
        return trimmed switch
        {
            "" => new TermPattern([]),
            ['{', ..] => JsonPattern.Parse(trimmed),
            ['[', ..] => FieldPattern.Parse(trimmed),
            _ => TermPattern.Parse(trimmed),
        };
    }

    /// <param name="message">In UTF-8.</param>
    public abstract bool Matches(ReadOnlyMemory<byte> message);

    /// <summary>The values of a matching message that the pattern names: <c>$.latency</c>, <c>$status</c>.</summary>
    public virtual IReadOnlyDictionary<string, string> Extract(ReadOnlyMemory<byte> message) => Nothing;
}
