namespace Isobar.Benchmarks.Invocations;

/// <summary>How long the calls of one round took, in milliseconds.</summary>
internal sealed class Latencies(TimeSpan[] calls)
{
    private readonly double[] ordered = [.. calls.Select(call => call.TotalMilliseconds).Order()];

    /// <summary>The time that a part of the calls did not exceed.</summary>
    /// <param name="part">0 to 1.</param>
    public double At(double part) => ordered[(int)(part * (ordered.Length - 1))];
}
