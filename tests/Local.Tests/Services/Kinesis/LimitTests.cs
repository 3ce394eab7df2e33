using System.Text.Json.Nodes;
using Isobar.Local.Services;
using Isobar.Local.Services.Kinesis;

namespace Isobar.Local.Tests.Services.Kinesis;

/// <summary>What a shard takes and gives in a second, and what happens at the bound of the memory.</summary>
public sealed class LimitTests
{
    private const string Stream = "s";

    private static readonly DateTimeOffset Start = new(2026, 1, 12, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_shard_takes_a_thousand_records_in_a_second_and_more_in_the_next()
    {
        var (state, stream) = Streams();
        var drafts = Enumerable.Repeat(Draft(10), 500).ToArray();

        Assert.All(state.Put(stream, drafts, Start), Put);
        Assert.All(state.Put(stream, drafts, Start.AddMilliseconds(500)), Put);
        Assert.All(state.Put(stream, drafts, Start.AddMilliseconds(999)), Throttled);
        Assert.All(state.Put(stream, drafts, Start.AddSeconds(1)), Put);
    }

    [Fact]
    public void A_shard_takes_a_mebibyte_in_a_second_and_a_larger_record_when_it_has_taken_nothing()
    {
        var (state, stream) = Streams();
        var half = Draft(KinesisLimits.WriteBytesPerSecond / 2);

        Assert.Equal([true, true, false], state.Put(stream, [half, half, half], Start).Select(IsPut));
        // With its key, a record of a mebibyte is more than a second's share.
        var whole = Draft(KinesisLimits.WriteBytesPerSecond + 256);
        var later = Start.AddSeconds(1);
        Assert.Equal([true, false], state.Put(stream, [whole, Draft(1)], later).Select(IsPut));
        Assert.False(IsPut(state.Put(stream, [Draft(1)], later.AddSeconds(1))[0]));
        Assert.True(IsPut(state.Put(stream, [Draft(1)], later.AddSeconds(1.01))[0]));
    }

    [Fact]
    public void Another_shard_has_a_share_of_its_own()
    {
        var (state, stream) = Streams(shards: 2);
        var (low, high) = (Draft(1) with { Hash = 0 }, Draft(1) with { Hash = UInt128.MaxValue });

        state.Put(stream, [.. Enumerable.Repeat(low, 1_000)], Start);

        Assert.Equal([false, true], state.Put(stream, [low, high], Start).Select(IsPut));
    }

    [Fact]
    public void A_shard_is_read_five_times_in_a_second_and_after_ten_mebibytes_not_for_five()
    {
        var (_, stream) = Streams();
        var shard = stream.Shards[0];

        Assert.Equal([true, true, true, true, true, false],
            Enumerable.Range(0, 6).Select(_ => shard.TryBeginRead(Start)));
        var later = Start.AddSeconds(1);
        Assert.True(shard.TryBeginRead(later));
        shard.EndRead(KinesisLimits.MaxPageBytes, later);
        Assert.False(shard.TryBeginRead(later.AddSeconds(4.9)));
        Assert.True(shard.TryBeginRead(later.AddSeconds(5)));
    }

    [Fact]
    public async Task PutRecords_tells_of_each_record_that_was_not_taken_and_PutRecord_is_an_error()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.CreateAsync(Stream);
        var half = Convert.ToBase64String(new byte[KinesisLimits.WriteBytesPerSecond / 2 - 1]);
        var records = new JsonArray(
            [.. Enumerable.Range(0, 3).Select(_ => new JsonObject { ["Data"] = half, ["PartitionKey"] = "k" })]);

        var answer = await kinesis.OkAsync("PutRecords", new JsonObject
        {
            ["StreamName"] = Stream,
            ["Records"] = records,
        }.ToJsonString());

        Assert.Equal(1, (int)answer["FailedRecordCount"]!);
        Assert.Equal("""
            {"ErrorCode":"ProvisionedThroughputExceededException","ErrorMessage":"Rate exceeded for shard
             shardId-000000000000 in stream s under account 000000000000."}
            """.ReplaceLineEndings(""), answer["Records"]![2]!.ToJsonString());
        Assert.Equal(Shard.IdOf(0), (string?)answer["Records"]![1]!["ShardId"]);
        Assert.Equal("400 ProvisionedThroughputExceededException: Rate exceeded for shard shardId-000000000000 in "
            + "stream s under account 000000000000.", await kinesis.ErrorAsync(
                "PutRecord", """{"StreamName":"s","Data":"YQ==","PartitionKey":"k"}"""));
        kinesis.World.Clock.JumpBy(TimeSpan.FromSeconds(1));
        await kinesis.PutAsync(Stream, "k", "later");
        var facts = kinesis.World.Journal.After(0).Select(entry => entry.Fact).OfType<RecordsPut>().ToList();
        Assert.Equal([(2, 1), (0, 1), (1, 0)], facts.Select(fact => (fact.Put, fact.Throttled)));
        Assert.Equal(
            ["IncomingRecords 2", "PutRecords.ThrottledRecords 1", "WriteProvisionedThroughputExceeded 1"],
            ((IMeasuredFact)facts[0]).Metrics.Where(datum => datum.Metric.Name is "IncomingRecords"
                or "PutRecords.ThrottledRecords" or "WriteProvisionedThroughputExceeded")
                .Select(datum => $"{datum.Metric.Name} {datum.Value}"));
    }

    [Fact]
    public async Task A_sixth_GetRecords_in_a_second_is_refused_and_answers_after_it()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.CreateAsync(Stream);
        var iterator = await kinesis.IteratorAsync(Stream);
        var refused = 0;
        // Real time goes on: more than a second would have to pass in the sixth of these.
        for (var i = 0; i < 60 && refused == 0; i++)
        {
            var (status, answer) = await kinesis.PostAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}"}""");
            if (status == 200) continue;
            Assert.Equal("ProvisionedThroughputExceededException", (string?)answer["__type"]);
            refused++;
        }

        Assert.Equal(1, refused);
        kinesis.World.Clock.JumpBy(TimeSpan.FromSeconds(1));
        await kinesis.GetAsync(iterator);
        Assert.Contains(kinesis.World.Journal.After(0), entry => entry.Fact is ReadThrottled { ShardId: var shard }
            && shard == Shard.IdOf(0));
    }

    [Fact]
    public void At_the_bound_of_the_memory_the_oldest_records_of_the_largest_stream_are_trimmed()
    {
        const int kept = 1_600;
        var state = new KinesisState("us-east-1", "000000000000", maxBytes: kept * (1_000 + 162));
        var small = state.Create("small", StreamMode.Provisioned, 1, Start);
        var large = state.Create("large", StreamMode.Provisioned, 1, Start);
        state.Put(small, [Draft(1_000)], Start);
        var now = Start;
        for (var i = 0; i < 5_000; i++, now = now.AddMilliseconds(10))
        {
            Assert.True(IsPut(state.Put(large, [Draft(1_000)], now)[0]));
            Assert.True(small.KeptBytes + large.KeptBytes <= kept * (1_000 + 162));
        }

        Assert.Equal(1, small.Shards[0].Count);
        Assert.InRange(large.Shards[0].Count, kept * 15 / 16 - 2, kept);
        Assert.Equal(5_000 - large.Shards[0].Count, state.TrimmedEarly);
        Assert.Equal(5_000, large.Shards[0].Newest!.Index);
    }

    [Fact]
    public async Task The_journal_tells_of_records_that_were_trimmed_early()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync(maxBytes: 1_000);
        await kinesis.CreateAsync(Stream);
        for (var i = 0; i < 10; i++) await kinesis.PutAsync(Stream, "k", $"record {i}");

        var trimmed = kinesis.World.Journal.After(0).Select(entry => entry.Fact).OfType<RecordsTrimmedEarly>()
            .Sum(fact => fact.Records);
        var left = await kinesis.TextsAsync(Stream);
        Assert.Equal(10, left.Length + trimmed);
        Assert.Equal("record 9", left[^1]);
    }

    private static (KinesisState State, KinesisStream Stream) Streams(int shards = 1)
    {
        var state = new KinesisState("us-east-1", "000000000000");
        return (state, state.Create(Stream, StreamMode.Provisioned, shards, Start));
    }

    private static RecordDraft Draft(int bytes) => new("k", new byte[bytes], HashKeys.Of("k"), bytes);

    private static bool IsPut(PutResult result) => result.SequenceNumber is not null;

    private static void Put(PutResult result) => Assert.True(IsPut(result));

    private static void Throttled(PutResult result) => Assert.False(IsPut(result));
}
