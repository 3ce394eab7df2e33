using Isobar.Local.History;
using Isobar.Local.Lambda.EventSources.Streams;

namespace Isobar.Benchmarks.Streams;

/// <summary>Counts what the mapping of a function takes, until it has every record or has failed.</summary>
internal sealed class DrainCounter(string function, int records) : IFactCounter
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int taken;
    private int batches;

    /// <summary>Ends when all records were taken; fails when the function has failed.</summary>
    public Task Done => done.Task;

    /// <summary>Batches that the function took.</summary>
    public int Batches => batches;

    public void Take(IFact fact, DateTimeOffset now)
    {
        if (fact is StreamBatchFailed failed && failed.FunctionName == function)
            done.TrySetException(new InvalidOperationException($"{function} failed: {failed.Reason}"));
        if (fact is not StreamBatchSucceeded succeeded || succeeded.FunctionName != function) return;
        batches++;
        taken += succeeded.Records;
        if (taken >= records) done.TrySetResult();
    }
}
