using Isobar.Telemetry.Batching;
using Isobar.Telemetry.Shipping;
using static Isobar.Functions.Tests.Telemetry.BufferedLines;

namespace Isobar.Functions.Tests.Telemetry;

/// <summary>Batches reach the store once by key, in order, whatever it answers on the way.</summary>
public sealed class ShipperTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly Store store = new();
    private readonly List<string> said = [];
    private readonly Pipeline buffer;
    private readonly Pipeline.Outlet outlet;
    private readonly Wayward destination;
    private readonly Shipper shipper;
    private readonly Task running;

    public ShipperTests()
    {
        (buffer, outlet) = new OneBuffer(null, LineBufferLimits.Default).Share(TimeProvider.System, said.Add);
        destination = new Wayward(new BucketDestination(store, "telemetry/probe", EnvironmentId));
        shipper = new Shipper(outlet, destination, new Fixed(), said.Add);
        running = shipper.RunAsync();
    }

    [Fact]
    public async Task A_batch_is_an_object_named_by_function_day_environment_and_first_line()
    {
        buffer.Take(RuntimeDone(1));
        await store.HasAsync(1).WaitAsync(Bound);
        buffer.Take(RuntimeDone(2));
        await store.HasAsync(2).WaitAsync(Bound);
        await shipper.FinishAsync(running, Bound);
        var day = TimeProvider.System.GetUtcNow().ToString("yyyy/MM/dd");
        Assert.Equal(
            [$"telemetry/probe/{day}/{EnvironmentId}/000000000001.jsonl.gz",
             $"telemetry/probe/{day}/{EnvironmentId}/000000000002.jsonl.gz"],
            store.Objects.Keys.Order());
    }

    [Fact]
    public async Task A_batch_that_fails_is_written_again_under_the_same_key_and_logged_once()
    {
        store.Refusals = 3;
        buffer.Take(RuntimeDone(1));
        await store.HasAsync(1).WaitAsync(Bound);
        await shipper.FinishAsync(running, Bound);
        Assert.Equal(4, store.Attempts);
        Assert.Equal(["1"], Read(Assert.Single(store.Objects).Value).Select(line => line.Record()));
        Assert.Equal(
            ["writing to the bucket fails: status 503", "writing to the bucket works again"],
            said);
    }

    [Fact]
    public async Task A_batch_that_is_refused_for_good_is_counted_and_told_with_what_comes_after_it()
    {
        destination.Refusals = 1;
        buffer.Take(RuntimeDone(1));
        await destination.RefusedAsync().WaitAsync(Bound);
        buffer.Take(RuntimeDone(2));
        await store.HasAsync(1).WaitAsync(Bound);
        await shipper.FinishAsync(running, Bound);
        var lines = store.Objects.Values.SelectMany(bytes => Read(bytes)).ToArray();
        var told = Assert.Single(lines, line => line.GetProperty("type").GetString() == "telemetry.dropped");
        Assert.Equal(
            """{"destination":"the bucket","droppedLines":1,"firstSequence":1,"lastSequence":1}""",
            told.GetProperty("record").GetRawText());
        Assert.Equal([2, 3], lines.Select(line => line.Sequence()).Order());
    }

    [Fact]
    public async Task At_shutdown_all_buffered_lines_are_shipped()
    {
        buffer.Take(Lines("not yet wanted"));
        Assert.Empty(store.Objects);
        await shipper.FinishAsync(running, Bound);
        Assert.Single(store.Objects);
        Assert.Equal((0, 0), (outlet.HeldLines, shipper.UnconfirmedLines));
    }

    [Fact]
    public async Task A_store_that_never_responds_does_not_delay_the_shutdown_and_what_it_lacks_is_counted()
    {
        store.Stalled = true;
        buffer.Take(RuntimeDone(1));
        await store.AttemptedAsync().WaitAsync(Bound);
        buffer.Take(Lines("waits behind it"));
        await shipper.FinishAsync(running, TimeSpan.FromMilliseconds(50)).WaitAsync(Bound);
        Assert.Empty(store.Objects);
        Assert.Equal((1, 1), (outlet.HeldLines, shipper.UnconfirmedLines));
    }

    /// <summary>Real time, so that pauses pass; a thousandth of them, so that they do so at once.</summary>
    private sealed class Fixed : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.FromSeconds(2)
                ? dueTime : dueTime / 1_000, period);
    }

    /// <summary>The bucket, after so many batches that it refuses for good.</summary>
    private sealed class Wayward(IDestination bucket) : IDestination
    {
        private readonly TaskCompletionSource refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => bucket.Name;

        public TimeSpan Timeout => bucket.Timeout;

        public int Refusals { get; set; }

        public Task RefusedAsync() => refused.Task;

        public Task<Answer> SendAsync(SealedBatch batch, CancellationToken cancellationToken)
        {
            if (Refusals == 0) return bucket.SendAsync(batch, cancellationToken);
            Refusals--;
            refused.TrySetResult();
            return Task.FromResult(new Answer(Outcome.Refused, "status 400"));
        }
    }

    private sealed class Store : IObjectStore
    {
        private readonly TaskCompletionSource attempted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock gate = new();
        private readonly List<(int Count, TaskCompletionSource Reached)> waiting = [];

        public Dictionary<string, byte[]> Objects { get; } = [];

        public int Refusals { get; set; }

        public bool Stalled { get; set; }

        public int Attempts { get; private set; }

        public Task AttemptedAsync() => attempted.Task;

        public Task HasAsync(int count)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (gate)
            {
                if (Objects.Count >= count) return Task.CompletedTask;
                waiting.Add((count, reached));
            }

            return reached.Task;
        }

        public async Task<string?> PutAsync(
            string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        {
            Attempts++;
            attempted.TrySetResult();
            if (Stalled)
            {
                var never = new TaskCompletionSource();
                await using var cut = cancellationToken.Register(never.SetResult);
                await never.Task;
                return "no answer in time";
            }

            if (Refusals-- > 0) return "status 503";
            lock (gate)
            {
                Objects[key] = content.ToArray();
                foreach (var (count, reached) in waiting)
                    if (Objects.Count >= count) reached.SetResult();
                waiting.RemoveAll(each => Objects.Count >= each.Count);
            }

            return null;
        }
    }
}
