using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis;

/// <summary>What a reader that waits is answered with.</summary>
/// <param name="Work">The reader's to dispose.</param>
internal readonly record struct WaiterAnswer(
    IReadOnlyList<StoredRecord> Records, bool IsEnd, Shard? Shard, Activity.Lease? Work);

/// <summary>A mapping's read of a shard, answered or waiting for a record.</summary>
/// <param name="from">The index of the first record that it wants.</param>
internal sealed class RecordWaiter(string shardId, long from, int maximum, long maxBytes)
{
    // The continuation belongs to the reader, and whoever answers has more to do.
    private readonly TaskCompletionSource<WaiterAnswer> answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string ShardId => shardId;

    public long From => from;

    public int Maximum => maximum;

    public long MaxBytes => maxBytes;

    public Task<WaiterAnswer> Answer => answer.Task;

    /// <param name="lease">Of the effect; the reader takes it over.</param>
    public void Complete(AnswerRead decided, Activity.Lease lease)
    {
        if (decided.Error is { } error) answer.SetException(error);
        else answer.SetResult(new WaiterAnswer(decided.Records, decided.IsEnd, decided.Shard, lease.TakeOver()));
    }
}

/// <summary>What Kinesis's state decides: to answer a read of a stream.</summary>
/// <param name="Shard">Null when it is no longer kept.</param>
/// <param name="Error">The stream is gone.</param>
internal sealed record AnswerRead(
    RecordWaiter Waiter, IReadOnlyList<StoredRecord> Records, bool IsEnd, Shard? Shard, AwsException? Error = null);
