using System.Text.Json;
using Isobar.Local.Costs;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Logs;

public sealed class PutTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public async Task Events_that_are_too_old_expired_or_too_new_are_left_out_and_named()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();
        await logs.OkAsync("PutRetentionPolicy", """{"logGroupName":"g","retentionInDays":7}""");
        var now = logs.Now;

        var old = await logs.PutAsync(
            "s", (now - (15 * 24 * Hour), "too old"), (now - (8 * 24 * Hour), "expired"), (now - Hour, "kept"));
        var ahead = await logs.PutAsync("s", (now, "now"), (now + (3 * Hour), "too new"), (now + (4 * Hour), "too"));

        Assert.Equal("""{"tooOldLogEventEndIndex":1,"expiredLogEventEndIndex":2}""", Rejected(old));
        Assert.Equal("""{"tooNewLogEventStartIndex":1}""", Rejected(ahead));
        Assert.Equal((string[])["kept", "now"], await logs.FilterAsync());
        Assert.Matches("^[0-9]{56}$", ahead.GetProperty("nextSequenceToken").GetString());
    }

    [Fact]
    public async Task A_batch_is_in_order_within_a_day_and_within_its_sizes()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();
        var now = logs.Now;

        Assert.Equal("400 InvalidParameterException Log events in a single PutLogEvents request must be in "
            + "chronological order.", await RefusedAsync(logs, (now, "b"), (now - 1, "a")));
        Assert.Equal("400 InvalidParameterException The batch of log events in a single PutLogEvents request cannot "
            + "span more than 24 hours.", await RefusedAsync(logs, (now - (25 * Hour), "a"), (now, "b")));
        Assert.Equal("400 InvalidParameterException Log event too large: 1048577 bytes exceeds limit of 1048576",
            await RefusedAsync(logs, (now, new string('a', 1_048_551))));
        Assert.Equal("400 InvalidParameterException Upload too large: 1048579 bytes exceeds limit of 1048576",
            await RefusedAsync(logs, (now, new string('a', 524_288)), (now, new string('ü', 262_119) + "a")));
        Assert.StartsWith(
            "400 InvalidParameterException 1 validation error detected: Value '[]' at 'logEvents' failed",
            await RefusedAsync(logs), StringComparison.Ordinal);
        Assert.Equal("400 InvalidParameterException 1 validation error detected: Value '' at "
            + "'logEvents.2.member.message' failed to satisfy constraint: Member must have length greater than or "
            + "equal to 1", await RefusedAsync(logs, (now, "a"), (now, "")));
        Assert.Empty(await logs.FilterAsync());
        await logs.PutAsync("s", (now, new string('a', 1_048_550)));
        Assert.Equal(1_048_550, Assert.Single(await logs.FilterAsync()).Length);
    }

    [Fact]
    public async Task An_unknown_stream_or_group_is_not_made()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();

        Assert.Equal("400 ResourceNotFoundException The specified log stream does not exist.",
            await logs.ErrorAsync("PutLogEvents", Request("g", "x", (1, "a"))));
        Assert.Equal("400 ResourceNotFoundException The specified log group does not exist.",
            await logs.ErrorAsync("PutLogEvents", Request("x", "s", (1, "a"))));
    }

    [Fact]
    public async Task A_batch_is_charged_by_its_bytes_with_26_for_each_event()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();

        await logs.PutAsync("s", (logs.Now, "a"), (logs.Now, "bü"));

        var answered = Assert.Single(logs.World.Journal.After(0).Select(entry => entry.Fact).OfType<CallAnswered>());
        Assert.Equal(
            (Meter.LogGigabytes, ((2 * 26) + 4) / Charge.GigabyteBytes),
            (answered.Charges.Single().Meter, answered.Charges.Single().Quantity));
    }

    private static Task<string> RefusedAsync(LogsOnPortZero logs, params (long Timestamp, string Message)[] events) =>
        logs.ErrorAsync("PutLogEvents", Request("g", "s", events));

    private static string Request(string group, string stream, params (long Timestamp, string Message)[] events) =>
        JsonSerializer.Serialize(new
        {
            logGroupName = group,
            logStreamName = stream,
            logEvents = events.Select(each => new { timestamp = each.Timestamp, message = each.Message }),
        });

    private static string Rejected(JsonElement answer) => answer.GetProperty("rejectedLogEventsInfo").GetRawText();
}
