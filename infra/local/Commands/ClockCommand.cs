using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml;
using Isobar.Local.Ownership;

namespace Isobar.Local.Commands;

/// <summary>Moves the service clock of a running host, by an HTTP request to it.</summary>
internal static class ClockCommand
{
    private static readonly int MaxDays = (int)ClockControl.MaxStep.TotalDays;

    public static Command Create()
    {
        var endpoint = new Option<Uri>("--endpoint")
        {
            Description = "The address of the running host",
            DefaultValueFactory = _ => new Uri($"http://127.0.0.1:{LocalHostOptions.DefaultPort}"),
            Recursive = true,
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address)
                    && address.Scheme == Uri.UriSchemeHttp) return address;
                result.AddError(
                    $"--endpoint takes an http address such as http://127.0.0.1:{LocalHostOptions.DefaultPort}.");
                return null;
            },
        };
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
        return new Command("clock", "Advance the service clock of a running host, instead of waiting for timers")
        {
            endpoint, next, advance,
        };
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
        // No timeout: the host advances the clock only after running work has ended.
        using var client = new HttpClient { BaseAddress = endpoint, Timeout = Timeout.InfiniteTimeSpan };
        using var content = JsonContent.Create(body, ClockJson.Default.ClockAdvance!);
        // Sets Content-Length: the host does not read bodies in chunked transfer encoding.
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
                $"No host answers at {Shown(endpoint)}: {e.Message} Start one with `up`, or give another --endpoint.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new UsageException($"The server at {Shown(endpoint)} is not an Isobar host.");
        }
    }

    private static string Shown(Uri endpoint) => endpoint.GetLeftPart(UriPartial.Authority);

    private static void Print(ClockMoved moved)
    {
        Console.WriteLine($"{moved.Now:yyyy-MM-dd HH:mm:ss} UTC, {moved.Step} later");
        foreach (var timer in moved.Fired) Console.WriteLine($"  {timer}");
    }
}
