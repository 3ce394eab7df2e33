using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.EventSources;
using Isobar.Local.Lambda.EventSources.Streams;
using Isobar.Local.Services;

namespace Isobar.Local.Tests.Lambda.EventSources.Streams;

/// <summary>
/// A mapping's state with a stream and a function in name: performs its effects in a random order, with failures,
/// throttles, changes of the mapping and split shards, and checks what must hold at each step.
/// </summary>
internal sealed class StreamSimulation
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 12, 15, 0, 0, TimeSpan.Zero);

    private readonly Random random;
    private readonly StreamState state;
    private readonly Dictionary<string, List<StreamRecord>> shards = [];
    private readonly Dictionary<string, string> parents = [];
    private readonly HashSet<string> closed = [];
    private readonly List<BeginRead> reads = [];
    private readonly List<InvokeBatch> running = [];
    private readonly HashSet<string> done = [];
    private readonly HashSet<string> poisoned = [];
    private readonly Dictionary<string, string> shardOf = [];
    private StreamMapping mapping;
    private DateTimeOffset now = Begin;
    private FindShards? finding;
    private int numbers;

    public StreamSimulation(int seed)
    {
        random = new Random(seed);
        mapping = Mapping(random, enabled: true);
        state = new StreamState(mapping, record => record.EventRecord);
        shards["a"] = [];
        shards["b"] = [];
    }

    /// <summary>Records that were given up although nothing was wrong with them and they were not too old.</summary>
    public List<string> WronglyGivenUp { get; } = [];

    public int Records => shardOf.Count;

    public static StreamMapping Mapping(Random random, bool enabled) => new(
        "uuid", Arn.TryParse("arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/1")!,
        new ResolvedFunction("echo", "arn:aws:lambda:us-east-1:000000000000:function:echo", null),
        random.Next(1, 6), TimeSpan.FromSeconds(random.Next(3)), ReportsBatchItemFailures: true, enabled, Begin,
        new StreamSettings(new StreamStart(StreamStart.TrimHorizon))
        {
            ParallelizationFactor = random.Next(1, 4),
            Bisects = random.Next(2) == 0,
            MaximumRetryAttempts = random.Next(3),
        });

    /// <summary>Adds records and takes steps in a random order, then lets everything end.</summary>
    public void Run(int steps)
    {
        state.Start(now);
        Collect();
        for (var i = 0; i < steps; i++) Step();
        if (!mapping.Enabled) Change(enabled: true);
        for (var i = 0; i < 100_000 && done.Count < Records; i++)
        {
            Advance();
            Drain();
        }

        Assert.DoesNotContain(shardOf.Keys, number => !done.Contains(number));
        Assert.Equal(0, state.Held);
    }

    private void Step()
    {
        switch (random.Next(10))
        {
            case < 3: Put(); break;
            case 3: AnswerRead(); break;
            case < 7: EndInvocation(); break;
            case 7: Advance(); break;
            case 8 when random.Next(10) == 0: Change(random.Next(3) > 0); break;
            case 9 when random.Next(12) == 0: Split(); break;
            default: AnswerFind(); break;
        }

        Collect();
    }

    private void Drain()
    {
        AnswerFind();
        while (reads.Exists(CanAnswer)) AnswerRead();
        while (running.Count > 0) EndInvocation();
        Collect();
    }

    private void Put()
    {
        var open = shards.Keys.Where(shard => !closed.Contains(shard)).ToArray();
        var shard = open[random.Next(open.Length)];
        var number = $"{++numbers:D6}";
        if (random.Next(8) == 0) poisoned.Add(number);
        shards[shard].Add(new StreamRecord(number, $"{shard}{random.Next(4)}", now, new byte[random.Next(2, 200)]));
        shardOf[number] = shard;
    }

    // A shard ends and has a child.
    private void Split()
    {
        var open = shards.Keys.Where(shard => !closed.Contains(shard)).ToArray();
        var parent = open[random.Next(open.Length)];
        closed.Add(parent);
        shards[parent + "'"] = [];
        parents[parent + "'"] = parent;
    }

    private void Change(bool enabled)
    {
        mapping = Mapping(random, enabled);
        state.Configure(mapping, now);
    }

    private void Advance()
    {
        now = state.NextDue is { } due && due > now ? due : now.AddMilliseconds(1);
        if (state.NextDue <= now) state.OnDue(now);
        Collect();
    }

    private void AnswerFind()
    {
        if (finding is null) return;
        finding = null;
        var found = shards.Keys.OrderBy(shard => shard.Length).Select(shard => new FoundShard(
            new StreamShard(shard, parents.TryGetValue(shard, out var parent) ? [parent] : [], closed.Contains(shard)),
            null)).ToArray();
        state.Found(found, TimeSpan.FromHours(24), now);
        Collect();
    }

    private bool CanAnswer(BeginRead read) => Unread(read).Count > 0 || closed.Contains(read.ShardId);

    private List<StreamRecord> Unread(BeginRead read) => [.. shards[read.ShardId]
        .Where(record => string.CompareOrdinal(record.SequenceNumber, read.After) > 0)];

    private void AnswerRead()
    {
        var answered = reads.FindIndex(CanAnswer);
        if (answered < 0) return;
        var read = reads[answered];
        reads.RemoveAt(answered);
        var unread = Unread(read);
        var some = unread.Take(Math.Min(read.Maximum, random.Next(1, 8))).ToList();
        state.Read(read.ShardId,
            new ShardRead(some, closed.Contains(read.ShardId) && some.Count == unread.Count, null), now);
        Collect();
    }

    private void EndInvocation()
    {
        if (running.Count == 0) return;
        var run = running[random.Next(running.Count)];
        running.Remove(run);
        var outcome = OutcomeOf(run.Batch);
        var taken = outcome switch
        {
            StreamOutcome.Succeeded => run.Batch.Records.Count,
            StreamOutcome.TookUpTo took => took.Index,
            _ => 0,
        };
        done.UnionWith(run.Batch.Records.Take(taken).Select(record => record.Record.SequenceNumber));
        state.Ended(run.Lane, run.Batch, outcome, now);
        Collect();
    }

    private StreamOutcome OutcomeOf(StreamBatch batch)
    {
        var bad = batch.Records.ToList().FindIndex(record => poisoned.Contains(record.Record.SequenceNumber));
        if (random.Next(6) == 0) return new StreamOutcome.NotRun("throttled");
        if (bad < 0) return new StreamOutcome.Succeeded(null);
        return random.Next(2) == 0
            ? new StreamOutcome.TookUpTo(bad, null)
            : new StreamOutcome.Failed("Unhandled", "poison");
    }

    private void Collect()
    {
        foreach (var effect in state.Effects.Take())
        {
            switch (effect)
            {
                case FindShards find:
                    Assert.Null(finding);
                    finding = find;
                    break;
                case BeginRead begin:
                    Assert.DoesNotContain(reads, read => read.ShardId == begin.ShardId);
                    reads.Add(begin);
                    break;
                case EndReads:
                    var ended = reads.ToArray();
                    reads.Clear();
                    foreach (var read in ended) state.ReadEnded(read.ShardId, now);
                    Collect();
                    break;
                case InvokeBatch run:
                    Check(run);
                    running.Add(run);
                    break;
                case GiveUpBatch given:
                    GiveUp(given.Batch);
                    break;
            }
        }
    }

    private void GiveUp(StreamBatch batch)
    {
        var numbersOf = batch.Records.Select(record => record.Record.SequenceNumber).ToList();
        if (!numbersOf.Exists(poisoned.Contains)) WronglyGivenUp.AddRange(numbersOf);
        done.UnionWith(numbersOf);
    }

    private void Check(InvokeBatch run)
    {
        Assert.NotEmpty(run.Batch.Records);
        Assert.True(run.Batch.Records.Count <= 5);
        Assert.DoesNotContain(running, other => other.Lane == run.Lane);
        var mine = run.Batch.Records.Select(record => record.Record).ToList();
        Assert.Equal(mine.OrderBy(record => record.SequenceNumber, StringComparer.Ordinal), mine);
        foreach (var record in mine)
        {
            Assert.DoesNotContain(running, other => other.Batch.Records.Any(one => one.Record.Key == record.Key));
            // Everything before it with its key is done, or in the same batch.
            Assert.All(shards[shardOf[record.SequenceNumber]].TakeWhile(earlier => earlier != record)
                .Where(earlier => earlier.Key == record.Key),
                earlier => Assert.True(done.Contains(earlier.SequenceNumber) || mine.Contains(earlier),
                    $"{record.SequenceNumber} overtook {earlier.SequenceNumber}."));
        }

        if (parents.TryGetValue(run.Batch.ShardId, out var parent))
            Assert.All(shards[parent], record => Assert.Contains(record.SequenceNumber, done));
    }
}
