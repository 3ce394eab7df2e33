using System.Globalization;

namespace Isobar.Local.Services.EventBridge;

/// <summary>Reads a rule's ScheduleExpression: <c>rate(…)</c> or <c>cron(…)</c>, in UTC.</summary>
/// <remarks>Source: Amazon EventBridge User Guide, "Creating a rule that runs on a schedule"; that the unit of a rate
/// must agree with its number was recorded against AWS.</remarks>
internal static class EventSchedule
{
    private const string Rate = "rate(";

    /// <exception cref="Wire.AwsException">ValidationException: it is no such expression, or the bus is not the default
    /// one.</exception>
    public static Schedule? Read(string? text, string bus)
    {
        if (text is null) return null;
        if (bus != EventBus.Default)
            throw EventBridgeErrors.Validation("ScheduleExpression is supported only on the default event bus.");
        if (text.Length > EventBridgeLimits.MaxScheduleLength)
            throw EventBridgeErrors.Constraint($"'{text}'", "scheduleExpression",
                $"Member must have length less than or equal to {EventBridgeLimits.MaxScheduleLength}");
        try
        {
            var schedule = Schedule.Parse(text, TimeZoneInfo.Utc);
            if (!schedule.IsOnce && HasRightUnit(text)) return schedule;
        }
        catch (FormatException)
        {
            // AWS does not say what is wrong.
        }

        throw EventBridgeErrors.Validation("Parameter ScheduleExpression is not valid.");
    }

    // rate(1 minute), rate(5 minutes).
    private static bool HasRightUnit(string text)
    {
        if (!text.StartsWith(Rate, StringComparison.Ordinal)) return true;
        var (number, unit) = text[Rate.Length..^1].Split(' ') is [var first, var second] ? (first, second) : ("", "");
        return (int.Parse(number, CultureInfo.InvariantCulture) == 1) != unit.EndsWith('s');
    }
}
