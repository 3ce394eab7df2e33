using System.Globalization;

namespace Isobar.Report;

/// <summary>Ten years: what one page and its charts show.</summary>
/// <param name="FirstYear">Divisible by ten.</param>
public readonly record struct Decade(int FirstYear) : IComparable<Decade>
{
    /// <summary>Months in a decade.</summary>
    public const int Months = 120;

    public int LastYear => FirstYear + 9;

    /// <summary>For example <c>1990s</c>; also the name of the decade's page.</summary>
    public string Name => $"{FirstYear.ToString(CultureInfo.InvariantCulture)}s";

    /// <summary>For example <c>1990 to 1999</c>.</summary>
    public string Years => string.Create(CultureInfo.InvariantCulture, $"{FirstYear} to {LastYear}");

    /// <param name="month"><c>yyyy-MM</c>.</param>
    public static Decade Of(string month) => new(YearOf(month) / 10 * 10);

    /// <summary>Where a month of this decade is in it, 0 to 119.</summary>
    /// <param name="month"><c>yyyy-MM</c>.</param>
    public int IndexOf(string month) =>
        (YearOf(month) - FirstYear) * 12 + int.Parse(month.AsSpan(5, 2), CultureInfo.InvariantCulture) - 1;

    public int CompareTo(Decade other) => FirstYear.CompareTo(other.FirstYear);

    private static int YearOf(string month) => int.Parse(month.AsSpan(0, 4), CultureInfo.InvariantCulture);
}
