using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Xml;
using Isobar.Local.Ownership;

namespace Isobar.Local.Commands;

/// <summary>Moves the service clock of a running host, by an HTTP request to it.</summary>
internal static class ClockCommand
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private static readonly int MaxDays = (int)ClockControl.MaxStep.TotalDays;

    public static Command Create()
    {
        var endpoint = HostClient.EndpointOption();
        var by = new Argument<TimeSpan>("by")
        {
            Description = "A number and a unit, such as 90s, 3m, 2h or 1d",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (ParseStep(text) is not { } step)
                    result.AddError($"The duration is a number and a unit, such as 90s, 3m, 2h or 1d, not '{text}'.");
                else if (step > ClockControl.MaxStep)
                    result.AddError($"The clock advances by at most {MaxDays}d at a time, not by {text}.");
                else return step;
                return default;
            },
        };
        var next = new Command("next", "Advance the clock to the next timer (a retry, a visibility timeout, a delay)");
        next.SetAction(
            (result, cancellationToken) => PostAsync(result.GetValue(endpoint)!, "next", null, cancellationToken));
        var advance = new Command("advance", "Advance the clock by a duration; the timers in between fire in order")
        {
            by,
        };
        advance.SetAction((result, cancellationToken) => PostAsync(
            result.GetValue(endpoint)!, "advance",
            new ClockAdvance(XmlConvert.ToString(result.GetValue(by))), cancellationToken));
        var command = new Command(
            "clock", "Show the service clock of a running host and its timers; advance it, instead of waiting for them")
        {
            endpoint, next, advance,
        };
        command.SetAction((result, cancellationToken) => ShowAsync(result.GetValue(endpoint)!, cancellationToken));
        return command;
    }

    /// <returns>Null if the text is not a number and a unit; <see cref="TimeSpan.MaxValue"/> if too long.</returns>
    internal static TimeSpan? ParseStep(string text)
    {
        if (text is not [.. var number, var unit] || number.Any(c => !char.IsAsciiDigit(c) && c != '.')
            || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return null;
        long? ticks = unit switch
        {
            's' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMinute,
            'h' => TimeSpan.TicksPerHour,
            'd' => TimeSpan.TicksPerDay,
            _ => null,
        };
        // The cast saturates at long.MaxValue.
        return ticks is { } one ? TimeSpan.FromTicks((long)Math.Round(value * one)) : null;
    }

    private static async Task<int> PostAsync(
        Uri endpoint, string call, ClockAdvance? body, CancellationToken cancellationToken)
    {
        using var host = new HostClient(endpoint);
        using var content = JsonContent.Create(body, ClockJson.Default.ClockAdvance!);
        Print(await host.PostAsync(
            $"{ClockApi.Path}/{call}", content, ClockJson.Default.ClockMoved, cancellationToken));
        return 0;
    }

    private static async Task<int> ShowAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        using var host = new HostClient(endpoint);
        var view = await host.GetAsync(ClockApi.Path, ClockJson.Default.ClockView, cancellationToken);
        var ahead = XmlConvert.ToTimeSpan(view.Ahead);
        var shown = ahead < OneSecond ? "as real time" : $"{view.Ahead} ahead of real time";
        Console.WriteLine($"{view.Now:yyyy-MM-dd HH:mm:ss} UTC, {shown}");
        foreach (var timer in view.Timers) Console.WriteLine($"  {timer.Due:yyyy-MM-dd HH:mm:ss} {timer.Name}");
        return 0;
    }

    private static void Print(ClockMoved moved)
    {
        Console.WriteLine($"{moved.Now:yyyy-MM-dd HH:mm:ss} UTC, {moved.Step} later");
        foreach (var timers in moved.Fired.CountBy(name => name))
            Console.WriteLine(timers.Value == 1 ? $"  {timers.Key}" : $"  {timers.Key}, {timers.Value} times");
    }
}
