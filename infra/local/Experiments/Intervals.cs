namespace Isobar.Local.Experiments;

/// <summary>A range of shares, or of differences of shares.</summary>
/// <param name="Low">0 to 1; of a difference −1 to 1.</param>
internal sealed record Interval(double Low, double High)
{
    /// <summary>Whether zero is outside: the difference is then more than chance, at this confidence.</summary>
    public bool ExcludesZero => Low > 0 || High < 0;
}

/// <summary>How many of some viewers did something.</summary>
/// <param name="Count">0 to <paramref name="Of"/>.</param>
/// <param name="Of">1 or more.</param>
internal readonly record struct Share(long Count, long Of)
{
    /// <summary>Two-sided, 95 %: the point of the normal distribution that 2.5 % lie above.</summary>
    private const double Z = 1.959963984540054;

    public double Value => (double)Count / Of;

    /// <summary>Wilson's score interval at 95 %, without a continuity correction.</summary>
    /// <remarks>
    /// Unlike the usual p ± z·√(p(1 − p)/n) it is right for few viewers and for shares near 0 and 1. Source:
    /// Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998),
    /// method 3.
    /// </remarks>
    public Interval Wilson
    {
        get
        {
            var middle = (2 * Count) + (Z * Z);
            var reach = Z * Math.Sqrt((Z * Z) + (4 * Count * (1 - Value)));
            var scale = 2 * (Of + (Z * Z));
            // Exact at the ends, where rounding could pass them.
            return new Interval(
                Count == 0 ? 0 : (middle - reach) / scale, Count == Of ? 1 : (middle + reach) / scale);
        }
    }

    /// <summary>Newcombe's hybrid score interval at 95 % for this share minus the other one.</summary>
    /// <remarks>
    /// Source: Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
    /// Medicine 17 (1998), method 10: the two Wilson intervals, squared and added.
    /// </remarks>
    public Interval Minus(Share other)
    {
        var (mine, theirs, difference) = (Wilson, other.Wilson, Value - other.Value);
        return new Interval(
            difference - Length(Value - mine.Low, theirs.High - other.Value),
            difference + Length(mine.High - Value, other.Value - theirs.Low));
    }

    private static double Length(double one, double two) => Math.Sqrt((one * one) + (two * two));
}
