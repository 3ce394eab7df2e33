using System.Globalization;

namespace Isobar.Local.Services;

/// <summary>When something happens: <c>at(…)</c>, <c>rate(…)</c> or <c>cron(…)</c>.</summary>
/// <remarks>Source: Application Auto Scaling User Guide, "Cron expressions"; Amazon EventBridge User Guide, "Cron
/// expressions reference" and "Rate expressions reference".</remarks>
internal abstract class Schedule
{
    /// <summary>As it was written.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it happens once.</summary>
    public virtual bool IsOnce => false;

    /// <param name="zone">Not used by a rate.</param>
    /// <exception cref="FormatException">It is none of the three; the message says why.</exception>
    public static Schedule Parse(string text, TimeZoneInfo zone) => text switch
    {
        ['a', 't', '(', .. var instant, ')'] => new Once(At(instant, zone)) { Text = text },
        ['r', 'a', 't', 'e', '(', .. var rate, ')'] => new Repeated(Interval(rate)) { Text = text },
        ['c', 'r', 'o', 'n', '(', .. var fields, ')'] => new ByCalendar(fields, zone) { Text = text },
        _ => throw new FormatException("It must be at(…), rate(…) or cron(…)."),
    };

    /// <param name="origin">When a rate begins to count.</param>
    /// <param name="after">The result is later than this.</param>
    /// <returns>Null when it does not happen again.</returns>
    public abstract DateTimeOffset? Next(DateTimeOffset origin, DateTimeOffset after);

    private static DateTimeOffset At(string text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            throw new FormatException("at must be yyyy-mm-ddThh:mm:ss.");
        if (zone.IsInvalidTime(local)) throw new FormatException("The clocks of that time zone skip this time.");
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    private static TimeSpan Interval(string text)
    {
        if (text.Split(' ') is not [var number, var unit]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            || value is < 1 or > 1_000_000)
            throw new FormatException("rate must be a number from 1 and a unit.");
        return unit switch
        {
            "minute" or "minutes" => TimeSpan.FromMinutes(value),
            "hour" or "hours" => TimeSpan.FromHours(value),
            "day" or "days" => TimeSpan.FromDays(value),
            _ => throw new FormatException("The unit of a rate must be minute, minutes, hour, hours, day or days."),
        };
    }

    private sealed class Once(DateTimeOffset instant) : Schedule
    {
        public override bool IsOnce => true;

        public override DateTimeOffset? Next(DateTimeOffset origin, DateTimeOffset after) =>
            instant > after ? instant : null;
    }

    private sealed class Repeated(TimeSpan interval) : Schedule
    {
        public override DateTimeOffset? Next(DateTimeOffset origin, DateTimeOffset after)
        {
            var passed = after < origin ? 0 : ((after - origin).Ticks / interval.Ticks) + 1;
            return passed == 0 ? origin + interval : origin + (interval * passed);
        }
    }

    private sealed class ByCalendar(string fields, TimeZoneInfo zone) : Schedule
    {
        private readonly CronFields cron = CronFields.Parse(fields);

        public override DateTimeOffset? Next(DateTimeOffset origin, DateTimeOffset after) => cron.Next(after, zone);
    }
}
