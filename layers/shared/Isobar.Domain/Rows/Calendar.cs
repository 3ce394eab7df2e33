namespace Isobar.Domain;

/// <summary>The days that a row may name.</summary>
internal static class Calendar
{
    public const int FirstYear = 1700;
    public const int LastYear = 2199;

    private static ReadOnlySpan<byte> DaysInMonth => [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    public static bool HasYear(int year) => year is >= FirstYear and <= LastYear;

    public static bool HasDay(int year, int month, int day)
    {
        if (month is < 1 or > 12 || day < 1) return false;
        return day <= DaysInMonth[month] || (month == 2 && day == 29 && DateTime.IsLeapYear(year));
    }
}
