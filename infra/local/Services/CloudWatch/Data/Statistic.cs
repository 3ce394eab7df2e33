using System.Globalization;

namespace Isobar.Local.Services.CloudWatch.Data;

/// <summary>A statistic by its name: one of the five, or a percentile.</summary>
/// <remarks>Source: Amazon CloudWatch User Guide, "CloudWatch statistics definitions".</remarks>
internal static class Statistic
{
    public static readonly IReadOnlyList<string> Standard = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

    /// <summary>Whether a name is one of the five.</summary>
    public static bool IsStandard(string name) => Standard.Contains(name);

    /// <summary>The percentile that <c>p99</c>, <c>p99.9</c> or <c>p100</c> names; null for any other text.</summary>
    public static double? Percent(string name) =>
        name.Length > 1 && name[0] == 'p'
        && double.TryParse(
            name.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
        && percent is >= 0 and <= 100
            ? percent
            : null;

    /// <summary>Trimmed means and others that AWS has and this host does not compute.</summary>
    public static bool IsKnownToAws(string name) =>
        name is "IQM" || ((string[])["tm", "wm", "tc", "ts", "TM(", "WM(", "TC(", "TS(", "PR("])
            .Any(kind => name.StartsWith(kind, StringComparison.Ordinal));

    /// <returns>Null when the period has no such value.</returns>
    public static double? Of(Distribution period, string name) => name switch
    {
        "SampleCount" => period.SampleCount,
        "Average" => period.Average,
        "Sum" => period.Sum,
        "Minimum" => period.Minimum,
        "Maximum" => period.Maximum,
        _ => Percent(name) is { } percent ? period.Percentile(percent) : null,
    };
}
