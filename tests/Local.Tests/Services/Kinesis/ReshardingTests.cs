using System.Numerics;
using System.Text.Json.Nodes;
using Isobar.Local.Services.Kinesis;

namespace Isobar.Local.Tests.Services.Kinesis;

/// <summary>Shards that are split and merged, and what readers see of it.</summary>
public sealed class ReshardingTests
{
    private const string Half = "170141183460469231731687303715884105728";

    [Fact]
    public async Task A_split_closes_a_shard_whose_reader_is_led_to_its_children()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.CreateAsync("readings");
        await kinesis.PutAsync("readings", "a", "before");
        await SplitAsync(kinesis, 0, Half);
        await kinesis.PutAsync("readings", "a", "low");
        await kinesis.PutAsync("readings", "b", "high");

        var end = await kinesis.GetAsync(await kinesis.IteratorAsync("readings"));

        Assert.Equal(["before"], KinesisOnPortZero.Texts(end));
        Assert.Null(end["NextShardIterator"]);
        Assert.Equal($$"""
            [{"ShardId":"shardId-000000000001","ParentShards":["shardId-000000000000"],
            "HashKeyRange":{"StartingHashKey":"0","EndingHashKey":"{{BigInteger.Parse(Half, null) - 1}}"} },
            {"ShardId":"shardId-000000000002","ParentShards":["shardId-000000000000"],
            "HashKeyRange":{"StartingHashKey":"{{Half}}","EndingHashKey":"{{UInt128.MaxValue}}"} }]
            """.ReplaceLineEndings("").Replace("} }", "}}", StringComparison.Ordinal),
            end["ChildShards"]!.ToJsonString());
        Assert.Equal(["low"], await kinesis.TextsAsync("readings", 1));
        Assert.Equal(["high"], await kinesis.TextsAsync("readings", 2));
        var shards = await kinesis.ShardsAsync("readings");
        StreamTests.AssertWhole(shards);
        Assert.Equal([null, Shard.IdOf(0), Shard.IdOf(0)], shards.Select(shard => (string?)shard!["ParentShardId"]));
        AssertNumbers(shards);
        var last = (string)shards[0]!["SequenceNumberRange"]!["EndingSequenceNumber"]!;
        foreach (var type in (string[])["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"])
        {
            var behind = await kinesis.GetAsync(
                await kinesis.IteratorAsync("readings", type, $",\"StartingSequenceNumber\":\"{last}\""));
            Assert.Empty(behind["Records"]!.AsArray());
            Assert.Null(behind["NextShardIterator"]);
        }
    }

    [Fact]
    public async Task A_merge_has_two_parents_and_the_shards_of_a_reader_are_closed_in_order()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.CreateAsync("readings", shards: 3);
        await kinesis.OkAsync("MergeShards", Merge(2, 1));

        var shards = await kinesis.ShardsAsync("readings");

        Assert.Equal((Shard.IdOf(2), Shard.IdOf(1)), ((string?)shards[3]!["ParentShardId"],
            (string?)shards[3]!["AdjacentParentShardId"]));
        StreamTests.AssertWhole(shards);
        AssertNumbers(shards);
        Assert.Equal("400 InvalidArgumentException: Shard shardId-000000000001 in stream readings under account "
            + "000000000000 has already been merged or split, and thus is not eligible for merging or splitting.",
            await kinesis.ErrorAsync("MergeShards", Merge(1, 0)));
        Assert.EndsWith("are not an adjacent pair of shards eligible for merging",
            await kinesis.ErrorAsync("MergeShards", Merge(0, 0)), StringComparison.Ordinal);

        static string Merge(int one, int other) => $$"""
            {"StreamName":"readings","ShardToMerge":"{{Shard.IdOf(one)}}",
            "AdjacentShardToMerge":"{{Shard.IdOf(other)}}"}
            """;
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("340282366920938463463374607431768211455")]
    public async Task A_shard_is_not_split_at_its_ends(string hashKey)
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.CreateAsync("readings");

        Assert.StartsWith($"400 InvalidArgumentException: NewStartingHashKey {hashKey} used in SplitShard() on shard "
            + "shardId-000000000000 in stream readings under account 000000000000 is not both greater than one plus",
            await kinesis.ErrorAsync("SplitShard", Split(0, hashKey)), StringComparison.Ordinal);
        Assert.Single(await kinesis.ShardsAsync("readings"));
    }

    [Fact]
    public async Task The_number_of_shards_goes_to_half_or_double_and_no_further()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.CreateAsync("readings", shards: 4);

        var answer = await kinesis.OkAsync("UpdateShardCount", Resize(8));

        Assert.Equal((4, 8), ((int)answer["CurrentShardCount"]!, (int)answer["TargetShardCount"]!));
        Assert.Equal("400 InvalidArgumentException: UpdateShardCount cannot scale up over double your current open "
            + "shard count. Current open shard count: 8 Target shard count: 17",
            await kinesis.ErrorAsync("UpdateShardCount", Resize(17)));
        Assert.Equal("400 InvalidArgumentException: UpdateShardCount cannot scale down below half your current open "
            + "shard count. Current open shard count: 8 Target shard count: 3",
            await kinesis.ErrorAsync("UpdateShardCount", Resize(3)));
    }

    [Fact]
    public async Task Ten_times_a_day_the_number_of_shards_can_be_changed_and_old_shards_are_forgotten()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.CreateAsync("readings", shards: 3);
        for (var i = 0; i < 10; i++) await kinesis.OkAsync("UpdateShardCount", Resize(i % 2 == 0 ? 5 : 3));

        Assert.StartsWith("400 LimitExceededException: ", await kinesis.ErrorAsync(
            "UpdateShardCount", Resize(5)), StringComparison.Ordinal);
        var shards = await kinesis.ShardsAsync("readings");
        Assert.True(shards.Count > 30);
        AssertNumbers(shards);
        StreamTests.AssertWhole(shards);
        kinesis.World.Clock.JumpBy(TimeSpan.FromHours(25));
        Assert.Equal(3, (await kinesis.ShardsAsync("readings")).Count);
        await kinesis.OkAsync("UpdateShardCount", Resize(5));
        Assert.Equal(5, (await kinesis.ShardsAsync("readings", ",\"ShardFilter\":{\"Type\":\"AT_LATEST\"}")).Count);
    }

    [Fact]
    public void Whatever_the_numbers_of_shards_they_share_all_hash_keys_evenly_and_no_record_is_lost()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        var now = DateTimeOffset.UnixEpoch.AddYears(50);
        var state = new KinesisState("us-east-1", "000000000000");
        var stream = state.Create("s", StreamMode.Provisioned, 7, now);
        var put = 0;
        for (var round = 0; round < 40; round++, now = now.AddMinutes(1))
        {
            for (var i = 0; i < 10; i++, put++)
            {
                var key = $"{random.Next(50)}";
                var draft = new RecordDraft(key, BitConverter.GetBytes(put), HashKeys.Of(key), 5);
                Assert.NotNull(Assert.Single(state.Put(stream, [draft], now)).SequenceNumber);
            }

            var open = stream.OpenShards.Count;
            Resharding.Resize(stream, random.Next((open + 1) / 2, Math.Min(40, 2 * open) + 1), now);
            Assert.Equal(HashKeys.Even(stream.OpenShards.Count), stream.OpenShards.Select(shard => shard.Range));
        }

        // A reader that reads parents before children sees each key's records in their order.
        var read = new Dictionary<string, int>();
        foreach (var record in stream.Shards.SelectMany(shard => shard.From(0, int.MaxValue, long.MaxValue)))
        {
            var value = BitConverter.ToInt32(record.Data);
            Assert.True(value > read.GetValueOrDefault(record.PartitionKey, -1));
            read[record.PartitionKey] = value;
            put--;
        }

        Assert.Equal(0, put);
        foreach (var shard in stream.Shards)
            Assert.All(shard.ParentIds, parent => Assert.True(stream.Get(parent).Number < shard.Number));
    }

    [Theory]
    [InlineData("AT_LATEST", "", "1,2")]
    [InlineData("FROM_TRIM_HORIZON", "", "0,1,2")]
    [InlineData("AT_TRIM_HORIZON", "", "0")]
    [InlineData("AFTER_SHARD_ID", ",\"ShardId\":\"shardId-000000000001\"", "2")]
    public async Task Shards_are_listed_by_a_filter(string type, string more, string expected)
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.CreateAsync("readings");
        kinesis.World.Clock.JumpBy(TimeSpan.FromMinutes(1));
        await SplitAsync(kinesis, 0, Half);

        var shards = await kinesis.ShardsAsync("readings", $$""","ShardFilter":{"Type":"{{type}}"{{more}}}""");

        Assert.Equal(expected.Split(',').Select(number => Shard.IdOf(int.Parse(number, null))),
            shards.Select(shard => (string?)shard!["ShardId"]));
    }

    [Fact]
    public async Task Shards_are_listed_as_they_were_at_an_instant_or_have_been_since()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.CreateAsync("readings");
        kinesis.World.Clock.JumpBy(TimeSpan.FromMinutes(1));
        var before = kinesis.World.Clock.GetUtcNow().ToUnixTimeSeconds();
        kinesis.World.Clock.JumpBy(TimeSpan.FromMinutes(1));
        await SplitAsync(kinesis, 0, Half);
        kinesis.World.Clock.JumpBy(TimeSpan.FromMinutes(1));
        var after = kinesis.World.Clock.GetUtcNow().ToUnixTimeSeconds();

        Assert.Equal(1, await CountAsync("AT_TIMESTAMP", before));
        Assert.Equal(3, await CountAsync("FROM_TIMESTAMP", before));
        Assert.Equal(2, await CountAsync("AT_TIMESTAMP", after));
        Assert.Equal(2, await CountAsync("FROM_TIMESTAMP", after));

        async Task<int> CountAsync(string type, long at) => (await kinesis.ShardsAsync(
            "readings", $$""","ShardFilter":{"Type":"{{type}}","Timestamp":{{at}}}""")).Count;
    }

    private static string Split(int shard, string hashKey) => $$"""
        {"StreamName":"readings","ShardToSplit":"{{Shard.IdOf(shard)}}","NewStartingHashKey":"{{hashKey}}"}
        """;

    private static string Resize(int target) =>
        $$"""{"StreamName":"readings","TargetShardCount":{{target}},"ScalingType":"UNIFORM_SCALING"}""";

    private static Task SplitAsync(KinesisOnPortZero kinesis, int shard, string hashKey) =>
        kinesis.OkAsync("SplitShard", Split(shard, hashKey));

    // A child's numbers begin behind its parents' end.
    private static void AssertNumbers(JsonArray shards)
    {
        var ranges = shards.ToDictionary(shard => (string)shard!["ShardId"]!, shard => shard!["SequenceNumberRange"]!);
        foreach (var shard in shards)
        {
            var start = BigInteger.Parse((string)shard!["SequenceNumberRange"]!["StartingSequenceNumber"]!, null);
            foreach (var parent in (string?[])[
                (string?)shard["ParentShardId"], (string?)shard["AdjacentParentShardId"]])
            {
                if (parent is null || !ranges.TryGetValue(parent, out var range)) continue;
                Assert.True(start > BigInteger.Parse((string)range["EndingSequenceNumber"]!, null));
            }
        }
    }
}
