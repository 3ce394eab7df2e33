using System.Text.Json;

namespace Isobar.Local.Tests.Services.Logs;

public sealed class GetTests
{
    [Fact]
    public async Task A_stream_is_read_forwards_and_the_token_of_its_end_repeats_until_events_come()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();
        var now = logs.Now;
        await logs.PutAsync("s", (now, "1"), (now, "2"), (now + 1, "3"));

        var first = await GetAsync(logs, ""","startFromHead":true,"limit":2""");
        var second = await GetAsync(logs, Next(first, "nextForwardToken"));
        var end = await GetAsync(logs, Next(second, "nextForwardToken"));
        var again = await GetAsync(logs, Next(end, "nextForwardToken"));

        Assert.Equal((string[])["1", "2"], LogsOnPortZero.Messages(first));
        Assert.Equal((string[])["3"], LogsOnPortZero.Messages(second));
        Assert.Empty(LogsOnPortZero.Messages(end));
        Assert.Equal(Token(second, "nextForwardToken"), Token(end, "nextForwardToken"));
        Assert.Equal(Token(end, "nextForwardToken"), Token(again, "nextForwardToken"));
        await logs.PutAsync("s", (now + 1, "4"));
        Assert.Equal((string[])["4"], LogsOnPortZero.Messages(await GetAsync(logs, Next(again, "nextForwardToken"))));
    }

    [Fact]
    public async Task Without_a_token_the_latest_events_come_and_earlier_ones_backwards()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();
        var now = logs.Now;
        await logs.PutAsync("s", (now - 2, "1"), (now - 1, "2"), (now, "3"));

        var latest = await GetAsync(logs, ""","limit":2""");
        var before = await GetAsync(logs, ""","limit":2""" + Next(latest, "nextBackwardToken"));
        var start = await GetAsync(logs, Next(before, "nextBackwardToken"));

        Assert.Equal((string[])["2", "3"], LogsOnPortZero.Messages(latest));
        Assert.Equal((string[])["1"], LogsOnPortZero.Messages(before));
        Assert.Empty(LogsOnPortZero.Messages(start));
        Assert.Equal(Token(before, "nextBackwardToken"), Token(start, "nextBackwardToken"));
        Assert.Empty(LogsOnPortZero.Messages(await GetAsync(logs, Next(latest, "nextForwardToken"))));
    }

    [Fact]
    public async Task A_time_range_begins_with_its_start_and_ends_before_its_end()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();
        var now = logs.Now;
        await logs.PutAsync("s", (now, "1"), (now + 1, "2"), (now + 2, "3"));
        await logs.PutAsync("s", (now + 1, "a late one"));

        var read = await GetAsync(logs, $$""","startTime":{{now + 1}},"endTime":{{now + 2}}""");

        Assert.Equal((string[])["2", "a late one"], LogsOnPortZero.Messages(read));
        Assert.Equal((string[])["1", "2", "a late one", "3"], LogsOnPortZero.Messages(await GetAsync(logs, "")));
        Assert.Equal(now + 1, read.GetProperty("events")[0].GetProperty("timestamp").GetInt64());
        Assert.InRange(read.GetProperty("events")[0].GetProperty("ingestionTime").GetInt64(), now, now + 60_000);
    }

    [Fact]
    public async Task A_page_has_at_most_a_megabyte()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();
        for (var i = 0; i < 3; i++) await logs.PutAsync("s", (logs.Now, new string((char)('a' + i), 500_000)));

        var first = await GetAsync(logs, ""","startFromHead":true""");
        var second = await GetAsync(logs, Next(first, "nextForwardToken"));

        Assert.Equal((string[])["a", "b"], LogsOnPortZero.Messages(first).Select(message => message[..1]));
        Assert.Equal((string[])["c"], LogsOnPortZero.Messages(second).Select(message => message[..1]));
    }

    [Theory]
    [InlineData(""","nextToken":"f/123/s" """, "InvalidParameterException The specified nextToken is invalid.")]
    [InlineData(""","nextToken":"unknown" """, "InvalidParameterException The specified nextToken is invalid.")]
    [InlineData(""","limit":10001""", "InvalidParameterException 1 validation error detected: Value '10001' at 'limit' "
        + "failed to satisfy constraint: Member must have value less than or equal to 10000")]
    [InlineData(""","logGroupIdentifier":"g" """,
        "ValidationException LogGroup name and LogGroup ARN are mutually exclusive parameters.")]
    public async Task What_breaks_a_rule_is_refused_in_AWSs_words(string more, string error)
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();

        Assert.Equal($"400 {error}", await logs.ErrorAsync(
            "GetLogEvents", $$"""{"logGroupName":"g","logStreamName":"s"{{more}}}"""));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();

        Assert.Equal("400 ResourceNotFoundException The specified log group does not exist.",
            await logs.ErrorAsync("GetLogEvents", """{"logGroupName":"x","logStreamName":"s"}"""));
        Assert.Equal("400 ResourceNotFoundException The specified log stream does not exist.",
            await logs.ErrorAsync("GetLogEvents", """{"logGroupName":"g","logStreamName":"x"}"""));
        var empty = await GetAsync(logs, "");
        Assert.StartsWith("f/", Token(empty, "nextForwardToken"), StringComparison.Ordinal);
        Assert.StartsWith("b/", Token(empty, "nextBackwardToken"), StringComparison.Ordinal);
    }

    private static Task<JsonElement> GetAsync(LogsOnPortZero logs, string more) =>
        logs.OkAsync("GetLogEvents", $$"""{"logGroupName":"g","logStreamName":"s"{{more}}}""");

    private static string Next(JsonElement answer, string token) => $$""","nextToken":"{{Token(answer, token)}}" """;

    private static string Token(JsonElement answer, string token) => answer.GetProperty(token).GetString()!;
}
