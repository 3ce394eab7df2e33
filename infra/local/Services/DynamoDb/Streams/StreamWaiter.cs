using Isobar.Local.Ownership;

namespace Isobar.Local.Services.DynamoDb.Streams;

/// <summary>What a reader that waits is answered with.</summary>
/// <param name="Work">The reader's to dispose.</param>
internal readonly record struct StreamAnswer(IReadOnlyList<ItemChange> Changes, bool IsEnd, Activity.Lease? Work);

/// <summary>A read of a shard, answered or waiting for a change.</summary>
/// <param name="from">The number of the first change that it wants.</param>
internal sealed class StreamWaiter(string shardId, long from, int maximum, long maxBytes)
{
    // The continuation belongs to the reader, and whoever answers has more to do.
    private readonly TaskCompletionSource<StreamAnswer> answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string ShardId => shardId;

    public long From => from;

    public int Maximum => maximum;

    public long MaxBytes => maxBytes;

    public Task<StreamAnswer> Answer => answer.Task;

    /// <param name="lease">Of the effect; the reader takes it over.</param>
    public void Complete(IReadOnlyList<ItemChange> changes, bool isEnd, Activity.Lease lease) =>
        answer.SetResult(new StreamAnswer(changes, isEnd, lease.TakeOver()));
}

/// <summary>What DynamoDB's state decides: to answer a read of a stream.</summary>
internal sealed record AnswerRead(StreamWaiter Waiter, IReadOnlyList<ItemChange> Changes, bool IsEnd);
