using System.Globalization;

namespace Isobar.Benchmarks.Invocations;

/// <summary>How long the calls of one round took, in milliseconds.</summary>
internal sealed class Latencies(TimeSpan[] calls)
{
    private readonly double[] ordered = [.. calls.Select(call => call.TotalMilliseconds).Order()];

    /// <summary>The time that a part of the calls did not exceed.</summary>
    /// <param name="part">0 to 1.</param>
    public double At(double part) => ordered[(int)(part * (ordered.Length - 1))];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"p50 {At(0.5):0.000}   p90 {At(0.9):0.000}   p99 {At(0.99):0.000} ms");
}
