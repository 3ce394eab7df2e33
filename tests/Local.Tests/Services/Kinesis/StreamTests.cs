using System.Numerics;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Services.Kinesis;

/// <summary>Streams: made, described, listed, changed and deleted.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task A_stream_is_described_with_its_shards_which_share_all_hash_keys()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.CreateAsync("readings", shards: 3);

        var described = (await kinesis.OkAsync(
            "DescribeStream", """{"StreamName":"readings"}"""))["StreamDescription"]!;

        Assert.Equal("arn:aws:kinesis:us-east-1:000000000000:stream/readings", (string?)described["StreamARN"]);
        Assert.Equal(("ACTIVE", 24, "PROVISIONED"), ((string)described["StreamStatus"]!,
            (int)described["RetentionPeriodHours"]!, (string)described["StreamModeDetails"]!["StreamMode"]!));
        var shards = described["Shards"]!.AsArray();
        Assert.Equal(["shardId-000000000000", "shardId-000000000001", "shardId-000000000002"],
            shards.Select(shard => (string?)shard!["ShardId"]));
        // A third of 2^128, rounded down.
        Assert.Equal(["0", "113427455640312821154458202477256070485", "226854911280625642308916404954512140970"],
            shards.Select(shard => (string?)shard!["HashKeyRange"]!["StartingHashKey"]));
        AssertWhole(shards);
        var summary = (await kinesis.OkAsync("DescribeStreamSummary", $$"""
            {"StreamARN":"{{(string)described["StreamARN"]!}}"}
            """))["StreamDescriptionSummary"]!;
        Assert.Equal((3, 0, 1_024), ((int)summary["OpenShardCount"]!, (int)summary["ConsumerCount"]!,
            (int)summary["MaxRecordSizeInKiB"]!));
    }

    [Fact]
    public async Task Streams_and_shards_are_listed_in_pages_whose_tokens_expire()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        foreach (var name in (string[])["c", "a", "b"]) await kinesis.CreateAsync(name, shards: 3);

        var first = await kinesis.OkAsync("ListStreams", """{"Limit":2}""");
        Assert.Equal((true, "a,b"), ((bool)first["HasMoreStreams"]!, Names(first)));
        var token = (string)first["NextToken"]!;
        Assert.Equal("c", Names(await kinesis.OkAsync("ListStreams", $$"""{"NextToken":"{{token}}"}""")));
        Assert.Equal("b,c", Names(await kinesis.OkAsync("ListStreams", """{"ExclusiveStartStreamName":"a"}""")));
        var page = await kinesis.OkAsync("ListShards", """{"StreamName":"a","MaxResults":2}""");
        var rest = await kinesis.OkAsync("ListShards", $$"""{"NextToken":"{{(string)page["NextToken"]!}}"}""");
        Assert.Equal((2, "shardId-000000000002"), (page["Shards"]!.AsArray().Count,
            (string?)Assert.Single(rest["Shards"]!.AsArray())!["ShardId"]));
        Assert.Null(rest["NextToken"]);

        kinesis.World.Clock.JumpBy(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        Assert.StartsWith("400 ExpiredNextTokenException: ", await kinesis.ErrorAsync(
            "ListStreams", $$"""{"NextToken":"{{token}}"}"""), StringComparison.Ordinal);
        Assert.StartsWith("400 InvalidArgumentException: ", await kinesis.ErrorAsync(
            "ListShards", """{"NextToken":"nonsense"}"""), StringComparison.Ordinal);

        static string Names(JsonNode answer) =>
            string.Join(',', answer["StreamNames"]!.AsArray().Select(name => (string?)name));
    }

    [Theory]
    [InlineData("CreateStream", """{"StreamName":"taken","ShardCount":1}""",
        "400 ResourceInUseException: Stream taken under account 000000000000 already exists.")]
    [InlineData("CreateStream", """{"StreamName":"a b","ShardCount":1}""", "400 ValidationException: 1 validation "
        + "error detected: Value 'a b' at 'streamName' failed to satisfy constraint: Member must satisfy regular "
        + "expression pattern: ^[a-zA-Z0-9_.-]+\\z")]
    [InlineData("CreateStream", """{"StreamName":"large","ShardCount":1001}""", "400 LimitExceededException: This "
        + "request would exceed the shard limit for the account 000000000000 in us-east-1. Current shard count for the "
        + "account: 1. Limit: 1000. Number of additional shards that would have resulted from this request: 1001.")]
    [InlineData("CreateStream", """{"StreamName":"new","ShardCount":1,"WarmThroughputMiBps":1}""",
        "400 InvalidArgumentException: The parameter at $.WarmThroughputMiBps is not supported.")]
    [InlineData("DescribeStream", """{"StreamName":"none"}""",
        "400 ResourceNotFoundException: Stream none under account 000000000000 not found.")]
    [InlineData("DescribeStream", """{"StreamARN":"arn:aws:kinesis:eu-west-1:000000000000:stream/taken"}""",
        "400 ResourceNotFoundException: Stream taken under account 000000000000 not found.")]
    [InlineData("DescribeStream", "{}",
        "400 InvalidArgumentException: Either StreamName or StreamARN must be provided.")]
    [InlineData("DeleteStream", """{"StreamName":"none"}""",
        "400 ResourceNotFoundException: Stream none under account 000000000000 not found.")]
    [InlineData("RegisterStreamConsumer", """{"ConsumerName":"one"}""", "400 com.amazon.coral.service"
        + "#UnknownOperationException: The operation Kinesis_20131202.RegisterStreamConsumer is not known here.")]
    [InlineData("StartStreamEncryption", """{"StreamName":"taken"}""", "400 com.amazon.coral.service"
        + "#UnknownOperationException: The operation Kinesis_20131202.StartStreamEncryption is not known here.")]
    public async Task What_can_not_be_done_is_refused(string operation, string body, string error)
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.CreateAsync("taken");

        Assert.Equal(error, await kinesis.ErrorAsync(operation, body));
    }

    [Fact]
    public async Task A_deleted_stream_is_gone_and_its_name_is_free_for_another()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.CreateAsync("short");
        await kinesis.PutAsync("short", "k", "old");
        var iterator = await kinesis.IteratorAsync("short");
        await kinesis.OkAsync("DeleteStream", """{"StreamName":"short","EnforceConsumerDeletion":true}""");
        kinesis.World.Clock.JumpBy(TimeSpan.FromSeconds(1));
        await kinesis.CreateAsync("short");

        Assert.Empty(await kinesis.TextsAsync("short"));
        Assert.Equal("400 ResourceNotFoundException: Stream short under account 000000000000 not found.",
            await kinesis.ErrorAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}"}"""));
    }

    [Fact]
    public async Task The_retention_period_goes_up_and_down_between_a_day_and_a_year_and_records_expire_by_it()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.CreateAsync("readings");
        await kinesis.PutAsync("readings", "k", "first");
        await ChangeAsync("Increase", 48);
        kinesis.World.Clock.JumpBy(TimeSpan.FromHours(47));
        await kinesis.PutAsync("readings", "k", "second");

        Assert.Equal(["first", "second"], await kinesis.TextsAsync("readings"));
        kinesis.World.Clock.JumpBy(TimeSpan.FromHours(2));
        Assert.Equal(["second"], await kinesis.TextsAsync("readings"));
        kinesis.World.Clock.JumpBy(TimeSpan.FromHours(30));
        Assert.Equal(["second"], await kinesis.TextsAsync("readings"));
        await ChangeAsync("Decrease", 24);
        Assert.Empty(await kinesis.TextsAsync("readings"));

        Assert.Equal("400 InvalidArgumentException: Minimum allowed retention period is 24 hours. Requested retention "
            + "period (23 hours) is too short.", await ErrorAsync("Decrease", 23));
        Assert.Equal("400 InvalidArgumentException: Maximum allowed retention period is 8760 hours. Requested "
            + "retention period (8761 hours) is too long.", await ErrorAsync("Increase", 8_761));
        await ChangeAsync("Increase", 8_760);
        Assert.Contains("can not be shorter than existing retention period (8760 hours)",
            await ErrorAsync("Increase", 100), StringComparison.Ordinal);

        Task ChangeAsync(string way, int hours) => kinesis.OkAsync($"{way}StreamRetentionPeriod", Body(hours));

        Task<string> ErrorAsync(string way, int hours) =>
            kinesis.ErrorAsync($"{way}StreamRetentionPeriod", Body(hours));

        static string Body(int hours) => $$"""{"StreamName":"readings","RetentionPeriodHours":{{hours}}}""";
    }

    [Fact]
    public async Task The_mode_changes_twice_a_day_and_an_on_demand_stream_has_its_shards_to_itself()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.CreateAsync("readings", shards: 2);
        await ModeAsync("ON_DEMAND");

        Assert.StartsWith("400 ValidationException: Request is invalid. UpdateShardCount can't be used with stream "
            + "readings", await kinesis.ErrorAsync("UpdateShardCount", """
            {"StreamName":"readings","TargetShardCount":4,"ScalingType":"UNIFORM_SCALING"}
            """), StringComparison.Ordinal);
        Assert.Equal((2, 1), await LimitsAsync());
        await ModeAsync("PROVISIONED");
        Assert.Equal((2, 0), await LimitsAsync());
        Assert.StartsWith("400 LimitExceededException: ", await kinesis.ErrorAsync(
            "UpdateStreamMode", Body("ON_DEMAND")), StringComparison.Ordinal);
        kinesis.World.Clock.JumpBy(TimeSpan.FromHours(25));
        await ModeAsync("ON_DEMAND");

        Task ModeAsync(string mode) => kinesis.OkAsync("UpdateStreamMode", Body(mode));

        static string Body(string mode) => $$"""
            {"StreamARN":"arn:aws:kinesis:us-east-1:000000000000:stream/readings",
            "StreamModeDetails":{"StreamMode":"{{mode}}"} }
            """;

        async Task<(int Shards, int OnDemand)> LimitsAsync()
        {
            var limits = await kinesis.OkAsync("DescribeLimits", "{}");
            return ((int)limits["OpenShardCount"]!, (int)limits["OnDemandStreamCount"]!);
        }
    }

    [Fact]
    public async Task Tags_are_set_by_both_kinds_of_operations_fifty_at_most()
    {
        const string arn = "arn:aws:kinesis:us-east-1:000000000000:stream/tagged";
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.OkAsync("CreateStream", """{"StreamName":"tagged","ShardCount":1,"Tags":{"a":"1"}}""");
        await kinesis.OkAsync("AddTagsToStream", """{"StreamName":"tagged","Tags":{"b":"2","a":"0"}}""");
        await kinesis.OkAsync("TagResource", $$"""{"ResourceARN":"{{arn}}","Tags":{"c":"3"} }""");

        var page = await kinesis.OkAsync("ListTagsForStream", """{"StreamName":"tagged","Limit":2}""");
        Assert.Equal("""{"Tags":[{"Key":"a","Value":"0"},{"Key":"b","Value":"2"}],"HasMoreTags":true}""",
            page.ToJsonString());
        await kinesis.OkAsync("RemoveTagsFromStream", """{"StreamName":"tagged","TagKeys":["a"]}""");
        await kinesis.OkAsync("UntagResource", $$"""{"ResourceARN":"{{arn}}","TagKeys":["b","none"]}""");
        Assert.Equal("""{"Tags":[{"Key":"c","Value":"3"}]}""", (await kinesis.OkAsync(
            "ListTagsForResource", $$"""{"ResourceARN":"{{arn}}"}""")).ToJsonString());
        var many = string.Join(',', Enumerable.Range(0, 50).Select(i => $"\"t{i}\":\"\""));
        Assert.EndsWith("a given stream cannot have more than 50 tags associated with it.", await kinesis.ErrorAsync(
            "AddTagsToStream", $$$"""{"StreamName":"tagged","Tags":{{{{many}}}}}"""), StringComparison.Ordinal);
    }

    /// <summary>The open shards' ranges follow each other from 0 to 2^128 - 1.</summary>
    internal static void AssertWhole(IEnumerable<JsonNode?> shards)
    {
        var next = BigInteger.Zero;
        foreach (var (start, end) in shards
            .Where(shard => shard!["SequenceNumberRange"]!["EndingSequenceNumber"] is null)
            .Select(shard => shard!["HashKeyRange"]!)
            .Select(range => (BigInteger.Parse((string)range["StartingHashKey"]!, null),
                BigInteger.Parse((string)range["EndingHashKey"]!, null)))
            .OrderBy(range => range.Item1))
        {
            Assert.Equal(next, start);
            Assert.True(end >= start);
            next = end + 1;
        }

        Assert.Equal(BigInteger.Pow(2, 128), next);
        Assert.Equal(UInt128.MaxValue, (UInt128)(next - 1));
    }
}
