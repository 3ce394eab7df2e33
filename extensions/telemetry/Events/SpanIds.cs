using System.Globalization;

namespace Isobar.Telemetry.Events;

/// <summary>
/// Ids for traces and spans that start here. They are made from the environment's random id and a counter, so that no
/// two are alike in an environment, and those of two environments differ like random numbers.
/// </summary>
/// <param name="environmentId">32 hexadecimal digits.</param>
internal sealed class SpanIds(string environmentId)
{
    // Odd, so that its multiples meet every number before one comes again; its bits make neighbours look unlike.
    private const ulong Step = 0x9E3779B97F4A7C15;

    private readonly ulong high = Part(environmentId, 0);
    private ulong low = Part(environmentId, 16);

    /// <summary>A span's id; never zero, which would be invalid.</summary>
    public ulong NextSpan()
    {
        do low += Step;
        while (low == 0);
        return low;
    }

    /// <summary>The id of a trace, for an invocation without a trace header.</summary>
    public UInt128 NextTrace() => new(high, NextSpan());

    private static ulong Part(string id, int start) =>
        ulong.Parse(id.AsSpan(start, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
