namespace Isobar.Local.Services.CloudWatch.Data;

/// <summary>The values of one metric in one period, from which every statistic is computed.</summary>
/// <remarks>
/// SampleCount, Sum, Average, Minimum and Maximum are exact. Percentiles are exact while the period has at most
/// <see cref="MaxExact"/> different values; with more, values are rounded so that a percentile is off by at most
/// 1 % (AWS says that it keeps percentiles with a bounded error, and not how large it is).
/// </remarks>
internal sealed class Distribution
{
    /// <summary>Different values of a period that are kept exactly.</summary>
    public const int MaxExact = 128;

    // Of neighbouring rounded values: the middle of two is off by at most 1 %.
    private static readonly double Step = Math.Log(1.02);

    private double[] values = [];
    private double[] counts = [];
    private int length;
    private bool isRounded;
    private bool hasUnknown;

    public double SampleCount { get; private set; }

    public double Sum { get; private set; }

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Different values, after rounding: what it costs to keep.</summary>
    public int Kept => length;

    public double Average => Sum / SampleCount;

    /// <param name="count">How often the value occurred; above zero.</param>
    public void Add(double value, double count = 1)
    {
        SampleCount += count;
        Sum += value * count;
        Minimum = Math.Min(Minimum, value);
        Maximum = Math.Max(Maximum, value);
        Keep(isRounded ? Rounded(value) : value, count);
        if (!isRounded && length > MaxExact) Round();
    }

    /// <summary>Adds a statistic set: its single values are not known unless they are all the same.</summary>
    public void AddSet(double count, double sum, double minimum, double maximum)
    {
        if (count == 1 || minimum.Equals(maximum))
        {
            Add(minimum, count);
            return;
        }

        hasUnknown = true;
        SampleCount += count;
        Sum += sum;
        Minimum = Math.Min(Minimum, minimum);
        Maximum = Math.Max(Maximum, maximum);
    }

    /// <summary>Adds another period's values.</summary>
    public void Add(Distribution other)
    {
        SampleCount += other.SampleCount;
        Sum += other.Sum;
        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
        hasUnknown |= other.hasUnknown;
        if (other.isRounded && !isRounded) Round();
        for (var i = 0; i < other.length; i++)
        {
            Keep(isRounded ? Rounded(other.values[i]) : other.values[i], other.counts[i]);
            if (!isRounded && length > MaxExact) Round();
        }
    }

    /// <summary>The smallest value that at least this share of the samples does not exceed (nearest rank).</summary>
    /// <param name="percent">0 to 100.</param>
    /// <returns>
    /// Null where AWS has none: with values below zero, and with statistic sets whose values are not known.
    /// </returns>
    public double? Percentile(double percent)
    {
        if (length == 0 || hasUnknown || Minimum < 0) return null;
        if (percent >= 100) return Maximum;
        var rank = percent / 100 * SampleCount;
        var seen = 0.0;
        for (var i = 0; i < length; i++)
        {
            seen += counts[i];
            // A rounding error of the sum of counts must not lead to the next value.
            if (seen >= rank - 1e-9) return Math.Clamp(values[i], Minimum, Maximum);
        }

        return Maximum;
    }

    private static double Rounded(double value) => value <= 0
        ? value == 0 ? 0 : -Rounded(-value)
        : Math.Exp((Math.Floor(Math.Log(value) / Step) + 0.5) * Step);

    private void Round()
    {
        var (exact, weights, many) = (values, counts, length);
        (values, counts, length, isRounded) = ([], [], 0, true);
        for (var i = 0; i < many; i++) Keep(Rounded(exact[i]), weights[i]);
    }

    private void Keep(double value, double count)
    {
        var at = Array.BinarySearch(values, 0, length, value);
        if (at >= 0)
        {
            counts[at] += count;
            return;
        }

        at = ~at;
        if (length == values.Length)
        {
            var size = Math.Max(1, length * 2);
            Array.Resize(ref values, size);
            Array.Resize(ref counts, size);
        }

        Array.Copy(values, at, values, at + 1, length - at);
        Array.Copy(counts, at, counts, at + 1, length - at);
        (values[at], counts[at]) = (value, count);
        length++;
    }
}
