using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml;
using Isobar.Local.Ownership;

namespace Isobar.Local.Commands;

/// <summary>Moves the service clock of a running host, over its HTTP call.</summary>
internal static class ClockCommand
{
    private static readonly int MaxDays = (int)ClockControl.MaxStep.TotalDays;

    public static Command Create()
    {
        var endpoint = new Option<Uri>("--endpoint")
        {
            Description = "The running host",
            DefaultValueFactory = _ => new Uri($"http://127.0.0.1:{LocalHostOptions.DefaultPort}"),
            Recursive = true,
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address)
                    && address.Scheme == Uri.UriSchemeHttp) return address;
                result.AddError($"The endpoint is an address such as http://127.0.0.1:{LocalHostOptions.DefaultPort}.");
                return null;
            },
        };
        var by = new Argument<TimeSpan>("by")
        {
            Description = "How far: 90s, 3m, 2h or 1d",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (ParseStep(text) is not { } step)
                    result.AddError($"The step is a number and a unit, such as 90s, 3m, 2h or 1d, not '{text}'.");
                else if (step > ClockControl.MaxStep)
                    result.AddError($"The clock advances by at most {MaxDays}d at a time, not by {text}.");
                else return step;
                return default;
            },
        };
        var next = new Command("next", "Jump to the next timer");
        next.SetAction(
            (result, cancellationToken) => PostAsync(result.GetValue(endpoint)!, "next", null, cancellationToken));
        var advance = new Command("advance", "Advance by a time, stopping at each timer on the way") { by };
        advance.SetAction((result, cancellationToken) => PostAsync(
            result.GetValue(endpoint)!, "advance",
            new ClockAdvance(XmlConvert.ToString(result.GetValue(by))), cancellationToken));
        return new Command("clock", "Move the service clock of a running host") { endpoint, next, advance };
    }

    /// <returns>Null when the text is no step; the longest time for one that is longer.</returns>
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
        // The conversion ends at the greatest number, whatever the digits say.
        return ticks is { } one ? TimeSpan.FromTicks((long)Math.Round(value * one)) : null;
    }

    private static async Task<int> PostAsync(
        Uri endpoint, string call, ClockAdvance? body, CancellationToken cancellationToken)
    {
        // A jump waits for the work before it, as long as that takes.
        using var client = new HttpClient { BaseAddress = endpoint, Timeout = Timeout.InfiniteTimeSpan };
        using var content = JsonContent.Create(body, ClockJson.Default.ClockAdvance!);
        // With its length: the host reads no body whose end it does not know.
        await content.LoadIntoBufferAsync(cancellationToken);
        try
        {
            using var answer = await client.PostAsync($"/_isobar/clock/{call}", content, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                var problem = await answer.Content.ReadFromJsonAsync(
                    ClockJson.Default.ClockProblem, cancellationToken);
                throw new UsageException(problem?.Error ?? $"The host answered {(int)answer.StatusCode}.");
            }

            Print(await answer.Content.ReadFromJsonAsync(ClockJson.Default.ClockMoved, cancellationToken)
                ?? throw new JsonException("The answer is null."));
            return 0;
        }
        catch (HttpRequestException e)
        {
            throw new UsageException(
                $"No host answers at {Shown(endpoint)}: {e.Message} Is one up there? See clock --help.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new UsageException($"What answers at {Shown(endpoint)} is not this program's host.");
        }
    }

    private static string Shown(Uri endpoint) => endpoint.GetLeftPart(UriPartial.Authority);

    private static void Print(ClockMoved moved)
    {
        Console.WriteLine($"{moved.Now:yyyy-MM-dd HH:mm:ss} UTC, {moved.Step} later");
        foreach (var timer in moved.Fired) Console.WriteLine($"  {timer}");
    }
}
