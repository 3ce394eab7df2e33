using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.EventSources;
using Isobar.Local.Lambda.EventSources.Streams;
using Isobar.Local.Services;

namespace Isobar.Local.Tests.Lambda.EventSources.Streams;

public sealed class StreamStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 15, 0, 0, TimeSpan.Zero);

    private readonly List<InvokeBatch> invoked = [];
    private readonly List<GiveUpBatch> givenUp = [];
    private readonly List<BeginRead> reads = [];
    private DateTimeOffset now = Start;
    private int numbers;

    [Fact]
    public void Order_within_a_key_and_every_record_survive_failures_throttles_changes_and_splits()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("ISOBAR_SEED"), out var given)
            ? given
            : Random.Shared.Next();
        for (var i = 0; i < 200; i++)
        {
            var simulation = new StreamSimulation(seed + i);
            try
            {
                simulation.Run(400);
                Assert.Empty(simulation.WronglyGivenUp);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"With ISOBAR_SEED={seed + i}: {e.Message}", e);
            }
        }
    }

    [Fact]
    public void A_batch_that_fails_is_tried_as_often_as_allowed_and_then_given_up()
    {
        var state = Begin(Mapping(batchSize: 2, retries: 2));
        Read(state, "a", 2);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(i + 1, invoked.Count);
            Fail(state, invoked[^1]);
            if (i < 2) MoveToNext(state);
        }

        var given = Assert.Single(givenUp);
        Assert.Equal(("RetryAttemptsExhausted", 3, 2),
            (given.Condition, given.Batch.Attempts, given.Batch.Records.Count));
        Assert.Equal(0, state.Held);
    }

    [Fact]
    public void Bisecting_isolates_the_record_that_fails_without_using_up_attempts()
    {
        var state = Begin(Mapping(batchSize: 8, retries: 1, bisects: true));
        Read(state, "a", 8);

        var invocations = 0;
        while (invoked.Count > 0)
        {
            var run = Take();
            invocations++;
            if (run.Batch.Records.Any(record => record.Record.SequenceNumber == "000006")) Fail(state, run);
            else Succeed(state, run);
            if (invoked.Count == 0 && state.NextDue is not null && givenUp.Count == 0) MoveToNext(state);
        }

        Assert.Equal("000006", Assert.Single(Assert.Single(givenUp).Batch.Records).Record.SequenceNumber);
        // 8; 4 4; 2 2; 1 1; and the last once more.
        Assert.Equal(8, invocations);
        Assert.Equal(0, state.Held);
    }

    [Fact]
    public void The_lowest_failed_record_is_the_checkpoint_and_the_rest_counts_as_tried()
    {
        var state = Begin(Mapping(batchSize: 5, retries: 3));
        Read(state, "a", 5);

        var run = Take();
        for (var i = 0; i < 3; i++)
        {
            state.Ended(run.Lane, run.Batch, new StreamOutcome.TookUpTo(i == 0 ? 3 : 0, null), now);
            MoveToNext(state);
            run = Take();
            Assert.Equal(["000004", "000005"], run.Batch.Records.Select(record => record.Record.SequenceNumber));
        }

        state.Ended(run.Lane, run.Batch, new StreamOutcome.TookUpTo(0, null), now);
        Perform(state);
        Assert.Equal(4, Assert.Single(givenUp).Batch.Attempts);
    }

    [Fact]
    public void A_throttled_batch_is_tried_without_counting_until_its_records_are_too_old()
    {
        var state = Begin(Mapping(batchSize: 1, retries: 0, age: 60));
        Read(state, "a", 1);

        var attempts = 0;
        while (invoked.Count > 0)
        {
            var run = Take();
            attempts++;
            state.Ended(run.Lane, run.Batch, new StreamOutcome.NotRun("TooManyRequestsException"), now);
            Perform(state);
            if (state.NextDue is not null && givenUp.Count == 0) MoveToNext(state);
        }

        Assert.Equal(("RecordAgeExceeded", 0), (Assert.Single(givenUp).Condition, givenUp[0].Batch.Attempts));
        Assert.Equal(6, attempts);
        Assert.InRange(now - Start, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(61));
    }

    [Fact]
    public void Without_a_limit_a_record_is_tried_for_as_long_as_the_stream_keeps_it()
    {
        var state = Begin(Mapping(batchSize: 1));
        Read(state, "a", 1);

        while (givenUp.Count == 0)
        {
            Fail(state, Take());
            if (givenUp.Count == 0) MoveToNext(state);
        }

        Assert.Equal("RecordAgeExceeded", givenUp[0].Condition);
        Assert.InRange(now - Start, TimeSpan.FromHours(24), TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Records_that_are_too_old_are_given_up_and_the_younger_ones_of_their_batch_invoked()
    {
        var state = Begin(Mapping(batchSize: 10, age: 60));
        var old = Record(now.AddSeconds(-61));
        var young = Record(now);

        Answer(state, "a", [old, young], isEnd: false);

        Assert.Equal(old, Assert.Single(Assert.Single(givenUp).Batch.Records).Record);
        Assert.Equal(young, Assert.Single(Assert.Single(invoked).Batch.Records).Record);
    }

    [Fact]
    public void A_blocked_shard_does_not_block_another()
    {
        var state = Begin(Mapping(batchSize: 1), "a", "b");
        Read(state, "a", 1);
        Fail(state, Take());

        Read(state, "b", 2);
        Succeed(state, Take());
        Succeed(state, Take());

        Assert.Equal(1, state.Held);
    }

    [Fact]
    public void A_blocked_lane_lets_the_others_of_its_shard_go_on_until_enough_records_wait()
    {
        var state = Begin(Mapping(batchSize: 2, factor: 2));
        Assert.Equal(6, Assert.Single(reads).Maximum);
        Answer(state, "a", [.. Enumerable.Range(0, 6).Select(_ => Record(now, "same"))], isEnd: false);

        Fail(state, Take());

        Assert.Equal(6, state.Held);
        Assert.Empty(reads);
    }

    [Fact]
    public void A_child_shard_is_read_when_its_parent_has_been_invoked_to_its_end()
    {
        var state = new StreamState(Mapping(batchSize: 10), record => record.EventRecord);
        state.Start(now);
        Perform(state);
        FoundShard[] both =
        [
            new(new StreamShard("a", [], true), null), new(new StreamShard("b", ["a"], false), null),
        ];
        state.Found(both, TimeSpan.FromHours(24), now);
        Perform(state);
        Assert.Equal("a", Assert.Single(reads).ShardId);

        Answer(state, "a", [Record(now)], isEnd: true);
        Assert.DoesNotContain(reads, read => read.ShardId == "b");
        Succeed(state, Take());
        state.Found(both, TimeSpan.FromHours(24), now);
        Perform(state);

        Assert.Equal("b", Assert.Single(reads).ShardId);
    }

    [Fact]
    public void A_stopped_mapping_goes_on_where_it_was()
    {
        var mapping = Mapping(batchSize: 1);
        var state = Begin(mapping);
        Read(state, "a", 3);
        var first = Take();

        state.Configure(mapping with { Enabled = false }, now);
        Perform(state);
        Succeed(state, first);
        Assert.Empty(invoked);
        state.Configure(mapping, now);
        Perform(state);

        var second = Take();
        Assert.Equal("000002", Assert.Single(second.Batch.Records).Record.SequenceNumber);
        Succeed(state, second);
        Assert.Equal("000003", Assert.Single(reads).After);
    }

    [Fact]
    public void A_filter_passes_over_what_does_not_match()
    {
        var mapping = Mapping(batchSize: 10) with { Filter = RecordFilter.Read(["""{"kind":["good"]}"""]) };
        var state = Begin(mapping);

        Answer(state, "a",
        [
            Record(now, json: """{"kind":"bad"}"""), Record(now, json: """{"kind":"good"}"""),
            Record(now, json: """{"kind":"bad"}"""),
        ], isEnd: false);

        Assert.Equal("000002", Assert.Single(Take().Batch.Records).Record.SequenceNumber);
        Assert.Equal("000003", Assert.Single(reads).After);
    }

    [Fact]
    public void A_tumbling_window_carries_its_state_and_ends_with_an_invocation_of_its_own()
    {
        var state = Begin(Mapping(batchSize: 1, window: 30));
        Answer(state, "a", [Record(now), Record(now.AddSeconds(1)), Record(now.AddSeconds(31))], isEnd: false);

        var views = new List<(int Records, string State, bool IsFinal, DateTimeOffset Start)>();
        for (var i = 0; i < 4; i++)
        {
            var run = Take();
            var window = run.Batch.Window!;
            views.Add((run.Batch.Records.Count, System.Text.Encoding.UTF8.GetString(window.State.Span), window.IsFinal,
                window.Start));
            state.Ended(run.Lane, run.Batch,
                new StreamOutcome.Succeeded(System.Text.Encoding.UTF8.GetBytes($$"""{"n":{{i}}}""")), now);
            Perform(state);
        }

        Assert.Equal(
        [
            (1, "{}", false, Start), (1, """{"n":0}""", false, Start), (0, """{"n":1}""", true, Start),
            (1, "{}", false, Start.AddSeconds(30)),
        ], views);
        // No later record ends the second window: it ends two minutes after its end.
        MoveToNext(state);
        Assert.Equal(Start.AddSeconds(60).AddMinutes(2), now);
        Assert.True(Take().Batch.Window!.IsFinal);
    }

    [Fact]
    public void A_window_whose_state_is_too_large_ends_early()
    {
        var state = Begin(Mapping(batchSize: 1, window: 30));
        Read(state, "a", 2);
        var run = Take();

        state.Ended(run.Lane, run.Batch,
            new StreamOutcome.Succeeded(new byte[MappingLimits.MaxWindowStateBytes + 1]), now);
        Perform(state);
        var last = Take();

        Assert.Equal((true, true), (last.Batch.Window!.IsFinal, last.Batch.Window.IsTerminatedEarly));
        Succeed(state, last);
        Assert.Equal("{}", System.Text.Encoding.UTF8.GetString(Take().Batch.Window!.State.Span));
    }

    [Fact]
    public void A_stream_that_cannot_be_read_is_asked_again_after_a_growing_wait()
    {
        var state = Begin(Mapping(batchSize: 1));
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            reads.Clear();
            state.ReadFailed("a", now);
            waits.Add((state.NextDue!.Value - now).TotalSeconds);
            MoveToNext(state);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], waits);
    }

    private static StreamMapping Mapping(
        int batchSize, int retries = -1, bool bisects = false, int age = -1, int factor = 1, int window = 0) =>
        StreamSimulation.Mapping(new Random(0), enabled: true) with
        {
            BatchSize = batchSize,
            BatchingWindow = TimeSpan.Zero,
            Settings = new StreamSettings(new StreamStart(StreamStart.TrimHorizon))
            {
                MaximumRetryAttempts = retries, Bisects = bisects, MaximumRecordAgeSeconds = age,
                ParallelizationFactor = factor, TumblingWindowSeconds = window,
            },
        };

    private StreamState Begin(StreamMapping mapping, params string[] shards)
    {
        var state = new StreamState(mapping, record => record.EventRecord);
        state.Start(now);
        Perform(state);
        state.Found([.. (shards.Length == 0 ? ["a"] : shards).Select(
            shard => new FoundShard(new StreamShard(shard, [], false), null))], TimeSpan.FromHours(24), now);
        Perform(state);
        return state;
    }

    private StreamRecord Record(DateTimeOffset arrived, string? key = null, string json = "{}")
    {
        var number = $"{++numbers:D6}";
        return new StreamRecord(number, key ?? number, arrived, System.Text.Encoding.UTF8.GetBytes(json));
    }

    private void Read(StreamState state, string shard, int count) =>
        Answer(state, shard, [.. Enumerable.Range(0, count).Select(_ => Record(now))], isEnd: false);

    private void Answer(StreamState state, string shard, IReadOnlyList<StreamRecord> records, bool isEnd)
    {
        reads.RemoveAll(read => read.ShardId == shard);
        state.Read(shard, new ShardRead(records, isEnd, null), now);
        Perform(state);
    }

    private InvokeBatch Take()
    {
        var run = invoked[0];
        invoked.RemoveAt(0);
        return run;
    }

    private void Fail(StreamState state, InvokeBatch run)
    {
        state.Ended(run.Lane, run.Batch, new StreamOutcome.Failed("Unhandled", "Error"), now);
        Perform(state);
    }

    private void Succeed(StreamState state, InvokeBatch run)
    {
        state.Ended(run.Lane, run.Batch, new StreamOutcome.Succeeded(null), now);
        Perform(state);
    }

    private void MoveToNext(StreamState state)
    {
        now = state.NextDue!.Value;
        state.OnDue(now);
        Perform(state);
    }

    private void Perform(StreamState state)
    {
        foreach (var effect in state.Effects.Take())
        {
            switch (effect)
            {
                case InvokeBatch run: invoked.Add(run); break;
                case GiveUpBatch given: givenUp.Add(given); break;
                case BeginRead read: reads.Add(read); break;
                case EndReads:
                    var ended = reads.ToArray();
                    reads.Clear();
                    foreach (var read in ended) state.ReadEnded(read.ShardId, now);
                    Perform(state);
                    break;
            }
        }
    }
}
