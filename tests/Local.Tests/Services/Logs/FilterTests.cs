using System.Text.Json;

namespace Isobar.Local.Tests.Services.Logs;

public sealed class FilterTests
{
    [Fact]
    public async Task Events_of_all_streams_come_in_the_order_of_their_timestamps_with_ids()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync("a");
        await logs.OkAsync("CreateLogStream", """{"logGroupName":"g","logStreamName":"b"}""");
        var now = logs.Now;
        await logs.PutAsync("a", (now, "1"), (now + 2, "3"));
        await logs.PutAsync("b", (now + 1, "2"), (now + 2, "4"));

        var answer = await logs.OkAsync("FilterLogEvents", """{"logGroupName":"g","interleaved":true}""");

        Assert.Equal((string[])["1", "2", "3", "4"], LogsOnPortZero.Messages(answer));
        var events = answer.GetProperty("events").EnumerateArray().ToArray();
        Assert.Equal((string[])["a", "b", "a", "b"],
            events.Select(each => each.GetProperty("logStreamName").GetString()!));
        var ids = events.Select(each => each.GetProperty("eventId").GetString()!).ToArray();
        Assert.All(ids, id => Assert.Matches("^[0-9]{56}$", id));
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Empty(answer.GetProperty("searchedLogStreams").EnumerateArray());
        Assert.False(answer.TryGetProperty("nextToken", out _));
    }

    [Fact]
    public async Task Streams_times_and_patterns_choose_events()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync("a1");
        foreach (var name in (string[])["a2", "b"])
            await logs.OkAsync("CreateLogStream", $$"""{"logGroupName":"g","logStreamName":"{{name}}"}""");
        var now = logs.Now;
        await logs.PutAsync("a1", (now, "ERROR one"), (now + 1, "two"));
        await logs.PutAsync("a2", (now + 2, "ERROR three"));
        await logs.PutAsync("b", (now + 3, "ERROR four"));

        Assert.Equal((string[])["ERROR one", "two", "ERROR three"],
            await logs.FilterAsync(more: ""","logStreamNamePrefix":"a" """));
        Assert.Equal((string[])["ERROR three", "ERROR four"],
            await logs.FilterAsync(more: ""","logStreamNames":["b","a2"]"""));
        Assert.Equal((string[])["two", "ERROR three"],
            await logs.FilterAsync(more: $$""","startTime":{{now + 1}},"endTime":{{now + 2}}"""));
        Assert.Equal((string[])["ERROR one", "ERROR three", "ERROR four"],
            await logs.FilterAsync(more: ""","filterPattern":"ERROR" """));
        Assert.Empty(await logs.FilterAsync(more: ""","filterPattern":"error" """));
    }

    [Fact]
    public async Task Pages_hold_each_event_once_and_the_last_has_no_token()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();
        var now = logs.Now;
        await logs.PutAsync("s", Enumerable.Range(0, 25).Select(i => (now, $"{i}{(i % 2 == 0 ? " even" : "")}")));
        var (read, pages, token) = (new List<string>(), 0, "");
        while (true)
        {
            var page = await logs.OkAsync("FilterLogEvents", $$"""
                {"logGroupName":"g","filterPattern":"even","limit":5{{token}}}
                """);
            read.AddRange(LogsOnPortZero.Messages(page));
            pages++;
            if (!page.TryGetProperty("nextToken", out var next)) break;
            token = $$""","nextToken":"{{next.GetString()}}" """;
        }

        Assert.Equal(Enumerable.Range(0, 13).Select(i => $"{i * 2} even"), read);
        Assert.Equal(3, pages);
        Assert.Equal("400 InvalidParameterException The specified nextToken is invalid.", await logs.ErrorAsync(
            "FilterLogEvents", $$"""{"logGroupName":"g","filterPattern":"odd"{{token}}}"""));
    }

    [Theory]
    [InlineData(""","limit":10001""", "1 validation error detected: Value '10001' at 'limit' failed to satisfy "
        + "constraint: Member must have value less than or equal to 10000")]
    [InlineData(""","nextToken":"unknown" """, "The specified nextToken is invalid.")]
    [InlineData(""","logStreamNames":["s"],"logStreamNamePrefix":"s" """,
        "logStreamNamePrefix and logStreamNames are mutually exclusive parameters.")]
    [InlineData(""","filterPattern":"a:b" """, "Invalid character(s) in term 'a:b'")]
    [InlineData(""","startTime":-1""", "1 validation error detected: Value '-1' at 'startTime' failed to satisfy "
        + "constraint: Member must have value greater than or equal to 0")]
    public async Task What_breaks_a_rule_is_refused(string more, string error)
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();

        Assert.Equal($"400 InvalidParameterException {error}",
            await logs.ErrorAsync("FilterLogEvents", $$"""{"logGroupName":"g"{{more}}}"""));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();

        Assert.Equal("400 ResourceNotFoundException The specified log group does not exist.",
            await logs.ErrorAsync("FilterLogEvents", """{"logGroupName":"x"}"""));
        Assert.Equal("400 ResourceNotFoundException The specified log stream does not exist.",
            await logs.ErrorAsync("FilterLogEvents", """{"logGroupName":"g","logStreamNames":["x"]}"""));
    }

    [Fact]
    public async Task TestMetricFilter_shows_what_a_pattern_finds()
    {
        await using var logs = await LogsOnPortZero.StartAsync();

        var json = await logs.OkAsync("TestMetricFilter", """
            {"filterPattern":"{ $.ms > 1 }","logEventMessages":["{\"ms\":1}","{\"ms\":2}","no JSON"]}
            """);
        var fields = await logs.OkAsync("TestMetricFilter", JsonSerializer.Serialize(new
        {
            filterPattern = "[..., request=*.html*, status_code=4*,]",
            logEventMessages = (string[])[
                "127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534"],
        }));

        Assert.Equal("""
            {"matches":[{"eventNumber":2,"eventMessage":"{\"ms\":2}","extractedValues":{"$.ms":"2"}}]}
            """, json.GetRawText());
        // The values are those of the user guide's example.
        Assert.Equal("""
            {"$1":"127.0.0.1","$2":"-","$3":"frank","$4":"10/Oct/2000:13:25:15 -0700",
            "$request":"GET /index.html HTTP/1.0","$status_code":"404","$7":"1534"}
            """.ReplaceLineEndings(""),
            fields.GetProperty("matches")[0].GetProperty("extractedValues").GetRawText());
    }
}
