using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>Reads the schedule of a scheduled action.</summary>
internal static class ActionSchedule
{
    /// <param name="timeZone">A name of the IANA time zone database; null for UTC. Not used by a rate.</param>
    /// <exception cref="AwsException">ValidationException.</exception>
    public static Schedule Parse(string text, string? timeZone)
    {
        var zone = ZoneOf(timeZone);
        try
        {
            return Schedule.Parse(text, zone);
        }
        catch (FormatException e)
        {
            throw ScalingErrors.Validation($"Invalid schedule expression: {text}. {e.Message}");
        }
    }

    private static TimeZoneInfo ZoneOf(string? name)
    {
        if (name is null) return TimeZoneInfo.Utc;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw ScalingErrors.Validation($"{name} is not a valid time zone.");
    }
}
