using System.Globalization;

namespace Isobar.Report;

/// <summary>Numbers and months as the pages write them.</summary>
internal static class Wording
{
    private static readonly NumberFormatInfo Numbers = new() { NegativeSign = "\u2212", NumberGroupSeparator = "," };

    private static readonly string[] MonthNames =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ];

    /// <summary>One decimal, with a true minus sign.</summary>
    public static string Tenths(decimal value) => value.ToString("#,0.0", Numbers);

    /// <summary>As many decimals as it has, with a true minus sign.</summary>
    public static string Plain(decimal value) => value.ToString("#,0.##", Numbers);

    public static string Whole(long value) => value.ToString("#,0", Numbers);

    /// <summary>For example <c>3 months</c>.</summary>
    public static string Count(long count, string one, string many) => $"{Whole(count)} {(count == 1 ? one : many)}";

    /// <param name="month"><c>yyyy-MM</c>.</param>
    /// <returns>For example <c>January 1995</c>.</returns>
    public static string Month(string month) =>
        $"{MonthNames[int.Parse(month.AsSpan(5, 2), CultureInfo.InvariantCulture) - 1]} {month[..4]}";
}
