namespace Isobar.Report;

/// <summary>How large a chart is, in the units of its view box, and how much it labels.</summary>
/// <param name="Name">Part of the chart's class, by which the style sheet shows one of the two.</param>
/// <param name="MostSteps">Steps of the value axis, at most.</param>
/// <param name="YearsALabel">Every how many years one is labelled.</param>
public sealed record ChartSize(string Name, int Width, int Height, int MostSteps, int YearsALabel)
{
    /// <summary>Left of the plot, for the labels of the value axis.</summary>
    public const int Left = 52;

    /// <summary>Right of the plot.</summary>
    public const int Right = 12;

    /// <summary>Above the plot.</summary>
    public const int Top = 14;

    /// <summary>Below the plot, for the labels of the years.</summary>
    public const int Bottom = 30;

    /// <summary>For screens of 46 rem and more.</summary>
    public static readonly ChartSize Wide = new("wide", 960, 320, 8, 1);

    /// <summary>For narrower ones.</summary>
    public static readonly ChartSize Small = new("small", 360, 260, 5, 3);
}
