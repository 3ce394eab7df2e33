using System.Globalization;

namespace Isobar.Benchmarks;

/// <summary>A few measurements of the same thing: the smallest, the middle one and the largest.</summary>
internal sealed class Spread(IEnumerable<double> measured)
{
    private readonly double[] ordered = [.. measured.Order()];

    public double Min => ordered[0];

    public double Median => ordered[ordered.Length / 2];

    public double Max => ordered[^1];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"min {Min,8:0.000}   median {Median,8:0.000}   max {Max,8:0.000}");
}
