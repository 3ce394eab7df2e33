namespace Isobar.Report;

/// <summary>The value axis of a chart: where it begins and ends, and the round numbers on it.</summary>
/// <param name="Low">The least number on the axis, a multiple of the step.</param>
/// <param name="High">The greatest one, more than <paramref name="Low"/>.</param>
/// <param name="Step">1, 2 or 5 times a power of ten.</param>
public sealed record ValueAxis(decimal Low, decimal High, decimal Step)
{
    /// <summary>The numbers from <see cref="Low"/> to <see cref="High"/>, in steps.</summary>
    public IEnumerable<decimal> Ticks
    {
        get
        {
            for (var tick = Low; tick <= High; tick += Step) yield return tick;
        }
    }

    /// <summary>The axis with the smallest step that has room for these values.</summary>
    /// <param name="least">Within 10^12 of zero.</param>
    /// <param name="greatest">At least <paramref name="least"/>, and within 10^12 of zero.</param>
    /// <param name="mostSteps">2 or more.</param>
    public static ValueAxis Over(decimal least, decimal greatest, int mostSteps)
    {
        for (var power = 0.1m; ; power *= 10)
        {
            foreach (var digit in (ReadOnlySpan<int>)[1, 2, 5])
            {
                var axis = WithStep(least, greatest, digit * power);
                if ((axis.High - axis.Low) / axis.Step <= mostSteps) return axis;
            }
        }
    }

    private static ValueAxis WithStep(decimal least, decimal greatest, decimal step)
    {
        var (low, high) = (Math.Floor(least / step) * step, Math.Ceiling(greatest / step) * step);
        return new ValueAxis(low, low == high ? high + step : high, step);
    }
}
