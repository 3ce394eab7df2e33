using System.Text.Json;

namespace Isobar.Local.Tests.Services.Logs;

public sealed class StreamTests
{
    [Fact]
    public async Task A_stream_tells_the_times_of_its_events()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();
        var now = logs.Now;
        await logs.PutAsync("s", (now - 2_000, "one"), (now - 1_000, "two"));
        await logs.PutAsync("s", (now - 3_000, "an older one"));

        var described = await logs.OkAsync("DescribeLogStreams", """{"logGroupName":"g"}""");

        var stream = Assert.Single(described.GetProperty("logStreams").EnumerateArray().ToArray());
        Assert.Equal(("s", now - 3_000, now - 1_000, 0,
            "arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:s"), (
                stream.GetProperty("logStreamName").GetString(), stream.GetProperty("firstEventTimestamp").GetInt64(),
                stream.GetProperty("lastEventTimestamp").GetInt64(), stream.GetProperty("storedBytes").GetInt64(),
                stream.GetProperty("arn").GetString()));
        Assert.InRange(stream.GetProperty("lastIngestionTime").GetInt64(), now, now + 60_000);
        var group = (await logs.OkAsync("DescribeLogGroups", "{}")).GetProperty("logGroups")[0];
        Assert.Equal((3 * 26) + "onetwoan older one".Length, group.GetProperty("storedBytes").GetInt64());
    }

    [Fact]
    public async Task Streams_are_listed_in_pages_by_name_or_by_their_last_event()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync("b");
        foreach (var name in (string[])["a", "c", "ca"])
            await logs.OkAsync("CreateLogStream", $$"""{"logGroupName":"g","logStreamName":"{{name}}"}""");
        await logs.PutAsync("c", (logs.Now - 5_000, "old"));
        await logs.PutAsync("a", (logs.Now, "new"));

        Assert.Equal("a b | c ca", await PagesAsync(logs, ""));
        Assert.Equal("ca c | b a", await PagesAsync(logs, ""","descending":true"""));
        Assert.Equal("a c | ca b", await PagesAsync(logs, ""","orderBy":"LastEventTime","descending":true"""));
        Assert.Equal("c ca", await PagesAsync(logs, ""","logStreamNamePrefix":"c","orderBy":"LogStreamName" """));
        Assert.Equal("400 InvalidParameterException Cannot order by LastEventTime with a logStreamNamePrefix.",
            await logs.ErrorAsync("DescribeLogStreams",
                """{"logGroupName":"g","logStreamNamePrefix":"c","orderBy":"LastEventTime"}"""));
    }

    [Fact]
    public async Task A_deleted_stream_takes_its_events_with_it()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();
        await logs.OkAsync("CreateLogStream", """{"logGroupName":"g","logStreamName":"other"}""");
        await logs.PutAsync("s", (logs.Now, "gone"));
        await logs.PutAsync("other", (logs.Now, "stays"));

        await logs.OkAsync("DeleteLogStream", """{"logGroupName":"g","logStreamName":"s"}""");

        Assert.Equal((string[])["stays"], await logs.FilterAsync());
        var group = (await logs.OkAsync("DescribeLogGroups", "{}")).GetProperty("logGroups")[0];
        Assert.Equal(26 + "stays".Length, group.GetProperty("storedBytes").GetInt64());
        await logs.OkAsync("CreateLogStream", """{"logGroupName":"g","logStreamName":"s"}""");
        Assert.Equal((string[])["stays"], await logs.FilterAsync());
    }

    [Theory]
    [InlineData("CreateLogStream", """{"logGroupName":"g","logStreamName":"s"}""",
        "ResourceAlreadyExistsException The specified log stream already exists")]
    [InlineData("CreateLogStream", """{"logGroupName":"x","logStreamName":"s"}""",
        "ResourceNotFoundException The specified log group does not exist.")]
    [InlineData("CreateLogStream", """{"logGroupName":"g","logStreamName":"a*"}""",
        "InvalidParameterException 1 validation error detected: Value 'a*' at 'logStreamName' failed to satisfy "
        + "constraint: Member must satisfy regular expression pattern: [^:*]*")]
    [InlineData("DeleteLogStream", """{"logGroupName":"g","logStreamName":"x"}""",
        "ResourceNotFoundException The specified log stream does not exist.")]
    [InlineData("DescribeLogStreams", """{"logGroupName":"g","logGroupIdentifier":"g"}""",
        "ValidationException LogGroup name and LogGroup ARN are mutually exclusive parameters.")]
    [InlineData("DescribeLogStreams", """{"logGroupIdentifier":"arn:aws:logs:us-east-1:000000000000:log-group:g:*"}""",
        "InvalidParameterException 1 validation error detected: Value "
        + "'arn:aws:logs:us-east-1:000000000000:log-group:g:*' at 'logGroupIdentifier' failed to satisfy constraint: "
        + @"Member must satisfy regular expression pattern: [\w#+=/:,.@-]*")]
    [InlineData("DescribeLogStreams", "{}",
        "InvalidParameterException Either logGroupName or logGroupIdentifier must be given.")]
    public async Task What_breaks_a_rule_is_refused_in_AWSs_words(string operation, string request, string error)
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();

        Assert.Equal($"400 {error}", await logs.ErrorAsync(operation, request));
    }

    [Theory]
    [InlineData("g")]
    [InlineData("arn:aws:logs:us-east-1:000000000000:log-group:g")]
    public async Task A_group_can_be_named_by_its_ARN(string identifier)
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();

        var described = await logs.OkAsync("DescribeLogStreams", $$"""{"logGroupIdentifier":"{{identifier}}"}""");

        Assert.Single(described.GetProperty("logStreams").EnumerateArray().ToArray());
    }

    private static async Task<string> PagesAsync(LogsOnPortZero logs, string more)
    {
        var pages = new List<string>();
        for (var token = ""; ;)
        {
            var page = await logs.OkAsync(
                "DescribeLogStreams", $$"""{"logGroupName":"g","limit":2{{more}}{{token}}}""");
            pages.Add(string.Join(' ', page.GetProperty("logStreams").EnumerateArray().Select(Name)));
            if (!page.TryGetProperty("nextToken", out var next)) return string.Join(" | ", pages);
            token = $$""","nextToken":"{{next.GetString()}}" """;
        }
    }

    private static string? Name(JsonElement stream) => stream.GetProperty("logStreamName").GetString();
}
