using System.Globalization;

namespace Isobar.Report;

/// <summary>Where months and values are in a chart of a decade.</summary>
public sealed class Plot(ChartSize size, ValueAxis axis)
{
    private static readonly decimal MonthsInDecade = Decade.Months;

    private int Width => size.Width - ChartSize.Left - ChartSize.Right;

    private int Height => size.Height - ChartSize.Top - ChartSize.Bottom;

    /// <summary>The plot's left and right edge.</summary>
    public (decimal Left, decimal Right) Edges => (ChartSize.Left, size.Width - ChartSize.Right);

    /// <summary>How wide a month is.</summary>
    public decimal MonthWidth => Width / MonthsInDecade;

    /// <summary>The left edge of a month.</summary>
    /// <param name="month">0 to 119; 120 for the end of the decade.</param>
    public decimal X(int month) => ChartSize.Left + Width * month / MonthsInDecade;

    /// <summary>The middle of a month.</summary>
    public decimal Middle(int month) => X(month) + MonthWidth / 2;

    /// <summary>Greater values are higher up, where y is smaller.</summary>
    public decimal Y(decimal value) =>
        ChartSize.Top + Height * (axis.High - value) / (axis.High - axis.Low);

    /// <summary>A coordinate as SVG writes it, with one decimal at most.</summary>
    public static string Text(decimal coordinate) => coordinate.ToString("0.#", CultureInfo.InvariantCulture);
}
