using System.Numerics;
using System.Text.Json.Nodes;
using Isobar.Local.Services.Kinesis;
using static Isobar.Local.Tests.Services.Kinesis.KinesisOnPortZero;

namespace Isobar.Local.Tests.Services.Kinesis;

/// <summary>Records: put, found by each kind of iterator, read in pages.</summary>
public sealed class RecordTests
{
    [Fact]
    public async Task A_record_is_read_as_it_was_put_and_numbers_increase()
    {
        await using var kinesis = await StartAsync();
        await kinesis.CreateAsync("readings");
        var put = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            put.Add((string)(await kinesis.PutAsync("readings", $"key-{i}", $"wärme {i}"))["SequenceNumber"]!);
            kinesis.World.Clock.JumpBy(TimeSpan.FromMinutes(1));
        }

        var answer = await kinesis.GetAsync(await kinesis.IteratorAsync("readings"));

        Assert.Equal(["wärme 0", "wärme 1", "wärme 2"], Texts(answer));
        var records = answer["Records"]!.AsArray();
        Assert.Equal(["key-0", "key-1", "key-2"], records.Select(record => (string?)record!["PartitionKey"]));
        Assert.Equal(put, records.Select(record => (string)record!["SequenceNumber"]!));
        Assert.Equal(put.OrderBy(number => BigInteger.Parse(number, null)), put);
        Assert.All(put, number => Assert.Matches("^49[0-9]{54}$", number));
        var times = records.Select(record => (decimal)record!["ApproximateArrivalTimestamp"]!).ToList();
        Assert.InRange(times[1] - times[0], 60, 65);
        Assert.Equal(0, (long)answer["MillisBehindLatest"]!);
    }

    [Fact]
    public async Task Each_kind_of_iterator_begins_where_it_says()
    {
        await using var kinesis = await StartAsync();
        await kinesis.CreateAsync("readings");
        await kinesis.PutAsync("readings", "k", "one");
        kinesis.World.Clock.JumpBy(TimeSpan.FromMinutes(10));
        var between = kinesis.World.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var number = (string)(await kinesis.PutAsync("readings", "k", "two"))["SequenceNumber"]!;
        var latest = await kinesis.IteratorAsync("readings", "LATEST");
        await kinesis.PutAsync("readings", "k", "three");

        await AssertAsync("TRIM_HORIZON", "", "one", "two", "three");
        await AssertAsync("AT_SEQUENCE_NUMBER", $",\"StartingSequenceNumber\":\"{number}\"", "two", "three");
        await AssertAsync("AFTER_SEQUENCE_NUMBER", $",\"StartingSequenceNumber\":\"{number}\"", "three");
        await AssertAsync("AT_TIMESTAMP", $",\"Timestamp\":{between / 1_000m}", "two", "three");
        Assert.Equal(["three"], Texts(await kinesis.GetAsync(latest)));

        async Task AssertAsync(string type, string more, params string[] texts)
        {
            kinesis.World.Clock.JumpBy(TimeSpan.FromSeconds(1));
            Assert.Equal(texts, Texts(await kinesis.GetAsync(await kinesis.IteratorAsync("readings", type, more))));
        }
    }

    [Fact]
    public async Task Pages_go_on_from_iterator_to_iterator_which_expire_after_five_minutes()
    {
        await using var kinesis = await StartAsync();
        await kinesis.CreateAsync("readings");
        for (var i = 0; i < 5; i++) await kinesis.PutAsync("readings", "k", $"{i}");
        kinesis.World.Clock.JumpBy(TimeSpan.FromSeconds(30));
        var iterator = await kinesis.IteratorAsync("readings");
        var old = iterator;
        var (read, behind) = (new List<string>(), new List<bool>());
        for (var i = 0; i < 3; i++)
        {
            var page = await kinesis.GetAsync(iterator, limit: 2);
            read.AddRange(Texts(page));
            behind.Add((long)page["MillisBehindLatest"]! >= 30_000);
            iterator = (string)page["NextShardIterator"]!;
        }

        Assert.Equal(["0", "1", "2", "3", "4"], read);
        Assert.Equal([true, true, false], behind);
        await kinesis.PutAsync("readings", "k", "later");
        Assert.Equal(["later"], Texts(await kinesis.GetAsync(iterator)));
        kinesis.World.Clock.JumpBy(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        Assert.StartsWith("400 ExpiredIteratorException: Iterator expired.",
            await kinesis.ErrorAsync("GetRecords", $$"""{"ShardIterator":"{{old}}"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_goes_to_the_shard_of_its_keys_hash_or_of_the_hash_that_it_names()
    {
        await using var kinesis = await StartAsync();
        await kinesis.CreateAsync("readings", shards: 4);

        // The MD5 of "a" begins with 0c, of "b" with 92.
        Assert.Equal(Shard.IdOf(0), await PutAsync("a", ""));
        Assert.Equal(Shard.IdOf(2), await PutAsync("b", ""));
        Assert.Equal(Shard.IdOf(3), await PutAsync("a", $",\"ExplicitHashKey\":\"{UInt128.MaxValue}\""));
        Assert.Equal(Shard.IdOf(1), await PutAsync("a", $",\"ExplicitHashKey\":\"{UInt128.MaxValue / 4 + 1}\""));
        Assert.Equal(Shard.IdOf(0), await PutAsync("a", $",\"ExplicitHashKey\":\"{UInt128.MaxValue / 4}\""));
        var tooLarge = BigInteger.Pow(2, 128);
        Assert.Equal("400 InvalidArgumentException: Invalid ExplicitHashKey. ExplicitHashKey must be in the range: "
            + $"[0, 2^128-1]. Specified value was {tooLarge}", await kinesis.ErrorAsync("PutRecord",
                $$"""{"StreamName":"readings","Data":"","PartitionKey":"a","ExplicitHashKey":"{{tooLarge}}"}"""));

        async Task<string> PutAsync(string key, string more) =>
            (string)(await kinesis.PutAsync("readings", key, "x", more))["ShardId"]!;
    }

    [Theory]
    [InlineData("PutRecord", """{"StreamName":"readings","PartitionKey":"k"}""",
        "400 ValidationException: 1 validation error detected: Value null at 'data' failed to satisfy constraint: "
        + "Member must not be null")]
    [InlineData("PutRecords", """{"StreamName":"readings","Records":[{"Data":"","PartitionKey":""}]}""",
        "400 ValidationException: 1 validation error detected: Value '' at 'records.1.member.partitionKey' failed to "
        + "satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("PutRecords", """{"StreamName":"none","Records":[{"Data":"","PartitionKey":"k"}]}""",
        "400 ResourceNotFoundException: Stream none under account 000000000000 not found.")]
    [InlineData("GetShardIterator",
        """{"StreamName":"readings","ShardId":"shardId-000000000007","ShardIteratorType":"LATEST"}""",
        "400 ResourceNotFoundException: Could not find shard shardId-000000000007 in stream readings under account "
        + "000000000000.")]
    [InlineData("GetShardIterator", """
        {"StreamName":"readings","ShardId":"shardId-000000000000","ShardIteratorType":"AT_SEQUENCE_NUMBER",
        "StartingSequenceNumber":"5"}
        """, "400 InvalidArgumentException: StartingSequenceNumber 5 used in GetShardIterator on shard "
        + "shardId-000000000000 in stream readings under account 000000000000 is invalid because it did not come from "
        + "this stream.")]
    [InlineData("GetRecords", """{"ShardIterator":"AAAA"}""",
        "400 InvalidArgumentException: Invalid ShardIterator.")]
    [InlineData("GetRecords", """{"ShardIterator":"AAAA","Limit":10001}""",
        "400 ValidationException: 1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: "
        + "Member must have value less than or equal to 10000")]
    public async Task What_can_not_be_put_or_read_is_refused(string operation, string body, string error)
    {
        await using var kinesis = await StartAsync();
        await kinesis.CreateAsync("readings");

        Assert.Equal(error, await kinesis.ErrorAsync(operation, body));
    }

    [Fact]
    public async Task A_record_of_a_mebibyte_is_taken_and_a_larger_one_is_not()
    {
        await using var kinesis = await StartAsync();
        await kinesis.CreateAsync("readings");

        await kinesis.OkAsync("PutRecord", Body(KinesisLimits.MaxRecordBytes));
        Assert.StartsWith("400 InvalidArgumentException: The record of 1048577 bytes is larger",
            await kinesis.ErrorAsync("PutRecord", Body(KinesisLimits.MaxRecordBytes + 1)), StringComparison.Ordinal);

        static string Body(int bytes) => new JsonObject
        {
            ["StreamName"] = "readings",
            ["PartitionKey"] = "k",
            ["Data"] = Convert.ToBase64String(new byte[bytes]),
        }.ToJsonString();
    }
}
