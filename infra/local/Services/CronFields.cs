using System.Globalization;
using System.Text;
using Cronos;

namespace Isobar.Local.Services;

/// <summary>
/// AWS's cron: minutes, hours, day of month, month, day of week (1 is Sunday), year. Cronos finds the times of the
/// first five fields, with the day of the week counted from 0; the years are ours.
/// </summary>
internal sealed class CronFields
{
    private const int FirstYear = 1970;
    private const int LastYear = 2199;

    private readonly CronExpression expression;
    private readonly bool[] years;

    private CronFields(CronExpression expression, bool[] years) => (this.expression, this.years) = (expression, years);

    /// <exception cref="FormatException">It is no such expression.</exception>
    public static CronFields Parse(string text)
    {
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            is not [var minutes, var hours, var days, var months, var weekdays, var years])
            throw new FormatException("cron must have six fields.");
        if ((days == "?") == (weekdays == "?"))
            throw new FormatException("One of the day of the month and the day of the week must be ?, and one only.");
        try
        {
            return new CronFields(
                CronExpression.Parse($"{minutes} {hours} {days} {months} {Weekdays(weekdays)}"), Years(years));
        }
        catch (CronFormatException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <returns>Null when there is none any more.</returns>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var from = after;
        while (true)
        {
            if (expression.GetNextOccurrence(from, zone) is not { } next) return null;
            if (next.Year > LastYear) return null;
            if (next.Year >= FirstYear && years[next.Year - FirstYear]) return next;
            // To the end of the year, in its own time zone, and on from there.
            var newYear = new DateTime(next.Year + 1, 1, 1);
            from = new DateTimeOffset(newYear, zone.GetUtcOffset(newYear)).AddTicks(-1);
        }
    }

    // Each number but a step (after /) and a place in the month (after #) is one of the days.
    private static string Weekdays(string field)
    {
        var written = new StringBuilder(field.Length);
        var isDay = true;
        foreach (var character in field)
        {
            if (char.IsAsciiDigit(character) && isDay)
            {
                if (character is < '1' or > '7') throw new FormatException("Days of the week are 1 to 7.");
                written.Append((char)(character - 1));
                continue;
            }

            isDay = character is not ('/' or '#') && (isDay || !char.IsAsciiDigit(character));
            written.Append(character);
        }

        return written.ToString();
    }

    private static bool[] Years(string field)
    {
        var years = new bool[LastYear - FirstYear + 1];
        foreach (var part in field.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var all] => (all, 1),
                [var from, var each] => (from, Number(each, 1, LastYear)),
                _ => throw new FormatException("A year can have one step."),
            };
            var (first, last) = range.Split('-') switch
            {
                ["*"] => (FirstYear, LastYear),
                [var year] => (Number(year, FirstYear, LastYear),
                    part.Contains('/', StringComparison.Ordinal) ? LastYear : Number(year, FirstYear, LastYear)),
                [var from, var to] => (Number(from, FirstYear, LastYear), Number(to, FirstYear, LastYear)),
                _ => throw new FormatException("A range of years has two ends."),
            };
            for (var year = first; year <= last; year += step) years[year - FirstYear] = true;
        }

        return years;
    }

    private static int Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most
            ? number
            : throw new FormatException($"{text} is no number from {least} to {most}.");
}
