using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>Reads a stream for one mapping: performs what <see cref="StreamState"/> decides.</summary>
internal sealed class StreamMappingReader : IMappingReader
{
    private readonly IStreamReader source;
    private readonly ServiceContext context;
    private readonly StreamRunner runner;
    private readonly StreamFailures failures;
    private readonly Monitor<StreamState, StreamEffect> state;
    private readonly ReaderEnd end = new();

    // Owned by whoever performs effects, which is one at a time.
    private readonly List<Task> reading = [];
    private CancellationTokenSource reads = new();
    private StreamMapping mapping;

    public StreamMappingReader(
        StreamMapping mapping, IStreamReader source, Func<Monitor<StreamState>, StreamRunner> runner,
        StreamFailures failures, ServiceContext context)
    {
        (this.mapping, this.source, this.failures, this.context) = (mapping, source, failures, context);
        state = new Monitor<StreamState, StreamEffect>(
            $"event source mapping {mapping.FunctionName}", new StreamState(mapping, source.ForFilter), context.Clock,
            Perform);
        this.runner = runner(state);
    }

    EventSourceMapping IMappingReader.Mapping => mapping;

    /// <summary>What the latest attempt came to, as the API tells it.</summary>
    public string LastResult => state.Ask(static (mapping, _) => mapping.LastResult);

    public void Start() => state.Post(static (mapping, now) => mapping.Start(now));

    /// <summary>Changes the settings; batches under way end as they would have.</summary>
    public void Configure(StreamMapping changed)
    {
        mapping = changed;
        state.Post((mapping, now) => mapping.Configure(changed, now));
    }

    public void Stop() => state.Post(static (mapping, now) => mapping.Stop(now));

    public void WhenStopped(Func<Task> action) => end.When(action);

    public ValueTask StopAsync(TimeSpan bound)
    {
        Stop();
        return end.WaitAsync(bound);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        state.Dispose();
    }

    private void Perform(StreamEffect effect, Activity.Lease lease)
    {
        switch (effect)
        {
            case FindShards find:
                ReaderEnd.Hold(FindAsync(find.Start), lease.TakeOver());
                break;
            case BeginRead begin:
                reading.RemoveAll(static read => read.IsCompleted);
                reading.Add(ReadAsync(begin, reads.Token));
                break;
            case EndReads:
                ReaderEnd.Hold(EndAsync(reads, [.. reading]), lease.TakeOver());
                reads = new CancellationTokenSource();
                break;
            case InvokeBatch run:
                ReaderEnd.Hold(runner.RunAsync(run), lease.TakeOver());
                break;
            case GiveUpBatch given:
                failures.Send(given);
                break;
            case ReportStreamStopped:
                end.Reached();
                break;
        }
    }

    // Not before the state has been told what the reads came to.
    private static async ValueTask EndAsync(CancellationTokenSource ended, Task[] all)
    {
        await Task.Yield();
        await ended.CancelAsync();
        await Task.WhenAll(all);
        ended.Dispose();
    }

    private async ValueTask FindAsync(StreamStart start)
    {
        await Task.Yield();
        try
        {
            FoundShard[] found = [.. source.Shards().Select(
                shard => new FoundShard(shard, source.Locate(shard.ShardId, start)))];
            var retention = source.Retention ?? TimeSpan.Zero;
            state.Post((mapping, now) => mapping.Found(found, retention, now));
        }
        catch (Exception e)
        {
            Report(e);
            state.Post(static (mapping, now) => mapping.FindFailed(now));
        }
    }

    private async Task ReadAsync(BeginRead begin, CancellationToken ended)
    {
        await Task.Yield();
        try
        {
            var read = await source.ReadAsync(begin.ShardId, begin.After, begin.Maximum, begin.MaxBytes, ended);
            using (read.Work)
            {
                var taken = state.Ask((mapping, now) => mapping.Read(begin.ShardId, read, now));
                Count(read.Records.Count, taken);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            state.Post((mapping, now) => mapping.ReadEnded(begin.ShardId, now));
        }
        catch (Exception e)
        {
            Report(e);
            state.Post((mapping, now) => mapping.ReadFailed(begin.ShardId, now));
        }
    }

    private void Count(int read, int taken)
    {
        if (!mapping.CountsEvents || read == 0) return;
        context.Metrics.Record(FunctionMetrics.OfMapping("PolledEventCount", mapping.Uuid, read));
        if (read > taken)
            context.Metrics.Record(FunctionMetrics.OfMapping("FilteredOutEventCount", mapping.Uuid, read - taken));
    }

    private void Report(Exception e) =>
        context.Journal.Record(new EventSourceFaulted(mapping.Uuid, mapping.Stream.ToString(), e.ToString()));
}
