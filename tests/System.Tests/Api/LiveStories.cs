using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.S3.Model;

namespace Isobar.Stories.Api;

/// <summary>Readings that are posted, the stream, and the function that reads it.</summary>
[Collection(OneStack.Name)]
public sealed class LiveStories(StackFixture stack)
{
    private const string Failures = "aws/lambda/";

    // Whole milliseconds, which is what a reading has. Live compares with the service's time.
    private readonly DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds(
        stack.Host.Clock.GetUtcNow().ToUnixTimeMilliseconds());

    [Fact]
    [Concept(
        "Event source mapping: a Kinesis stream, with tumbling windows", "LiveFunction.Readings", "ReadingsStream",
        Code = "functions/Live")]
    public async Task Posted_readings_are_a_stations_latest_and_its_mean_when_their_window_ends()
    {
        using var api = stack.Api();
        const string station = "XIL00000001";
        var at = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        var posted = await PostAsync(
            api, Reading(station, 10, at), Reading(station, 14.5, at.AddSeconds(2)),
            Reading(station, 12, at.AddSeconds(1)), Reading(station, 14.5, at.AddSeconds(2)),
            Reading(station, 3, at, "AWND"));
        Assert.Equal(5, (int)posted.Expect(202)["accepted"]!);

        var seen = await stack.UntilAsync(() => LiveAsync(api, station), live => live is not null);
        var latest = seen!["latest"]!.AsArray();
        Assert.Equal(["AWND 3 m/s", "TOBS 14.5 °C"], latest.Select(
            reading => $"{reading!["element"]} {reading["value"]} {reading["unit"]}"));
        Assert.Equal(Text(at.AddSeconds(2)), Text((DateTimeOffset)latest[1]!["at"]!));

        seen = await stack.UntilAsync(
            () => LiveAsync(api, station), live => live?["window"] is not null, byTheMinute: true);
        var window = seen!["window"]!;
        Assert.Equal(["AWND 3 of 1", "TOBS 12.167 of 3"], window["means"]!.AsArray().Select(
            each => $"{each!["element"]} {each["mean"]} of {each["count"]}"));
        Assert.Equal(
            TimeSpan.FromMinutes(1), (DateTimeOffset)window["end"]! - (DateTimeOffset)window["start"]!);
    }

    [Fact]
    [Concept("Destination on failure: a stream's records in S3, and the way back", "LiveFunction.Readings",
        "RemediateFunction")]
    public async Task A_record_that_is_no_reading_yet_is_isolated_and_sent_again_when_it_is_one()
    {
        using var api = stack.Api();
        const string station = "XIL00000002";
        // Its station's clock is an hour ahead.
        var ahead = Reading(station, 99, now.AddHours(1));
        await PutAsync(
            station, Reading(station, 1, now.AddSeconds(-4)), Reading(station, 2, now.AddSeconds(-3)), ahead,
            Reading(station, 3, now.AddSeconds(-2)), Reading(station, 6, now.AddSeconds(-1)));

        var key = await stack.UntilAsync(() => FailureAsync(ahead), found => found is not null);
        var record = JsonNode.Parse(await ReadAsync(key!))!;
        Assert.Equal(
            ("RetryAttemptsExhausted", 1),
            ((string?)record["requestContext"]!["condition"], (int)record["KinesisBatchInfo"]!["batchSize"]!));
        // All the others were taken, each once.
        var live = await stack.UntilAsync(
            () => LiveAsync(api, station), found => found?["window"] is not null, byTheMinute: true);
        Assert.Equal(6m, (decimal)live!["latest"]![0]!["value"]!);
        var mean = live["window"]!["means"]![0]!;
        Assert.Equal((3m, 4), ((decimal)mean["mean"]!, (int)mean["count"]!));

        await stack.Host.ClockControl.AdvanceByAsync(TimeSpan.FromHours(1), CancellationToken.None);
        for (var times = 0; times < 2; times++)
        {
            var remedy = await ResendAsync(key!);
            Assert.Equal(("resent", 1), ((string?)remedy["action"], (int)remedy["records"]!));
            live = await stack.UntilAsync(
                () => LiveAsync(api, station), found => (decimal)found!["latest"]![0]!["value"]! == 99);
            Assert.Equal(Text(now.AddHours(1)), Text((DateTimeOffset)live!["latest"]![0]!["at"]!));
        }
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("", 400)]
    [InlineData("[]", 400)]
    [InlineData("{}", 400)]
    [InlineData("""[{"station":"XIL00000003","element":"TOBS","value":"1","at":"2026-11-30T18:00:00Z"}]""", 400)]
    [InlineData("""[{"station":"XIL00000003","element":"TOBS","value":1,"at":"2999-11-30T18:00:00Z"}]""", 400)]
    public Task A_list_of_readings_that_is_not_as_it_should_be_is_refused(string body, int status) =>
        NothingIsPutAsync(
            async api => (await api.PostAsync("observations", body, stack.Bearer())).ExpectProblem(status));

    [Fact]
    public Task If_one_of_the_readings_is_wrong_it_is_named_and_none_is_put() => NothingIsPutAsync(async api =>
    {
        var answer = await api.PostAsync(
            "observations", $"[{Reading("XIL00000003", 1, now.AddDays(-1))},{Reading("xil", 1, now)}]", stack.Bearer());
        answer.ExpectProblem(400);
        Assert.Equal(1, (int)JsonNode.Parse(answer.Body)!["errors"]!.AsArray().Single()!["index"]!);
    });

    [Fact]
    public Task Over_500_readings_or_a_quarter_of_a_megabyte_are_too_many() => NothingIsPutAsync(async api =>
    {
        var reading = Reading("XIL00000003", 1, now.AddDays(-1));
        var many = string.Join(',', Enumerable.Repeat(reading, 501));
        (await api.PostAsync("observations", $"[{many}]", stack.Bearer())).ExpectProblem(400);
        var padded = $"[{reading}{new string(' ', 262_144)}]";
        (await api.PostAsync("observations", padded, stack.Bearer())).ExpectProblem(413);
    });

    [Fact]
    public Task Readings_are_taken_only_from_who_may_write() => NothingIsPutAsync(async api =>
    {
        var body = $"[{Reading("XIL00000003", 1, now.AddDays(-1))}]";
        (await api.PostAsync("observations", body, null)).ExpectProblem(401);
        (await api.PostAsync("observations", body, "Bearer x")).ExpectProblem(401);
        (await api.PostAsync("observations", body, stack.Bearer(scope: "read"))).ExpectProblem(403);
    });

    [Theory]
    [InlineData("XIL99999999")]
    [InlineData("xil00000001")]
    [InlineData("x")]
    [InlineData("%2e%2e%2fjobs")]
    public async Task A_station_without_live_readings_is_a_404(string id)
    {
        using var api = stack.Api();
        (await api.GetAsync($"stations/{id}/live")).ExpectProblem(404);
    }

    private string Stream => $"{stack.Stack.Name}-readings";

    private static string Text(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static string Reading(string station, double value, DateTimeOffset at, string element = "TOBS") =>
        new JsonObject
        {
            ["station"] = station,
            ["element"] = element,
            ["value"] = value,
            ["at"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        }.ToJsonString();

    private Task<ApiAnswer> PostAsync(ApiClient api, params string[] readings) =>
        api.PostAsync("observations", $"[{string.Join(',', readings)}]", stack.Bearer());

    private Task PutAsync(string key, params string[] records) => stack.Stack.Calls.KinesisAsync(
        "PutRecords", new JsonObject
        {
            ["StreamName"] = Stream,
            ["Records"] = new JsonArray([.. records.Select(record => new JsonObject
            {
                ["PartitionKey"] = key,
                ["Data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(record)),
            })]),
        });

    private static async Task<JsonNode?> LiveAsync(ApiClient api, string station)
    {
        var answer = await api.GetAsync($"stations/{station}/live");
        if (answer.Status != 404) return answer.Expect(200);
        answer.ExpectProblem(404);
        return null;
    }

    // The key of the failed batch that has the record.
    private async Task<string?> FailureAsync(string record)
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(record));
        var found = await stack.Stack.S3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = stack.Stack.DataBucket, Prefix = Failures });
        foreach (var entry in found.S3Objects ?? [])
            if ((await ReadAsync(entry.Key)).Contains(data, StringComparison.Ordinal)) return entry.Key;
        return null;
    }

    private async Task<string> ReadAsync(string key)
    {
        using var found = await stack.Stack.S3.GetObjectAsync(stack.Stack.DataBucket, key);
        using var reader = new StreamReader(found.ResponseStream);
        return await reader.ReadToEndAsync();
    }

    private async Task<JsonNode> ResendAsync(string key)
    {
        using var answer = await stack.Stack.Calls.InvokeAsync(
            stack.Stack.LiveOf("RemediateFunction"), new JsonObject { ["resendBatch"] = key }.ToJsonString(),
            "RequestResponse");
        Assert.False(answer.Headers.Contains("X-Amz-Function-Error"), await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private async Task NothingIsPutAsync(Func<ApiClient, Task> act)
    {
        using var api = stack.Api();
        await stack.QuietAsync();
        var before = await RecordsAsync();
        await act(api);
        await stack.QuietAsync();
        Assert.Equal(before, await RecordsAsync());
    }

    // How many records the stream has; it has one shard.
    private async Task<int> RecordsAsync()
    {
        var iterator = (string?)(await stack.Stack.Calls.KinesisAsync("GetShardIterator", new JsonObject
        {
            ["StreamName"] = Stream, ["ShardId"] = "shardId-000000000000", ["ShardIteratorType"] = "TRIM_HORIZON",
        }))["ShardIterator"];
        for (var count = 0; ;)
        {
            // A shard takes five reads a second.
            await stack.Host.ClockControl.AdvanceByAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
            var page = await stack.Stack.Calls.KinesisAsync(
                "GetRecords", new JsonObject { ["ShardIterator"] = iterator, ["Limit"] = 10_000 });
            var records = page["Records"]!.AsArray().Count;
            if (records == 0) return count;
            count += records;
            iterator = (string?)page["NextShardIterator"];
        }
    }
}
