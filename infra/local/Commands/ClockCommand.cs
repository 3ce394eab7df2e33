using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Xml;

namespace Isobar.Local.Commands;

/// <summary>Moves the service clock of a running host, over its HTTP call.</summary>
internal static class ClockCommand
{
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
                if (ParseStep(result.Tokens[0].Value) is { } step) return step;
                result.AddError("The step is a number and a unit: 90s, 3m, 2h or 1d.");
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

    /// <returns>Null when the text is no step.</returns>
    internal static TimeSpan? ParseStep(string text) =>
        text is [.. var number, var unit]
        && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? unit switch
            {
                's' => TimeSpan.FromSeconds(value),
                'm' => TimeSpan.FromMinutes(value),
                'h' => TimeSpan.FromHours(value),
                'd' => TimeSpan.FromDays(value),
                _ => null,
            }
            : null;

    private static async Task<int> PostAsync(
        Uri endpoint, string call, ClockAdvance? body, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = endpoint };
        using var content = JsonContent.Create(body, ClockJson.Default.ClockAdvance!);
        // With its length: the host reads no body whose end it does not know.
        await content.LoadIntoBufferAsync(cancellationToken);
        using var answer = await client.PostAsync($"/_isobar/clock/{call}", content, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            var problem = await answer.Content.ReadFromJsonAsync(ClockJson.Default.ClockProblem, cancellationToken);
            throw new UsageException(problem?.Error ?? $"The host answered {(int)answer.StatusCode}.");
        }

        var moved = await answer.Content.ReadFromJsonAsync(ClockJson.Default.ClockMoved, cancellationToken);
        Console.WriteLine($"{moved!.Now:yyyy-MM-dd HH:mm:ss} UTC, {moved.Step} later");
        foreach (var timer in moved.Fired) Console.WriteLine($"  {timer}");
        return 0;
    }
}
