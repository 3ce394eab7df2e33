namespace Isobar.Local.Services.Sqs;

/// <summary>What only a FIFO queue remembers.</summary>
internal sealed class FifoMemory(StoredBytes stored)
{
    public FifoOrder Order { get; } = new();

    public Deduplication Deduplication { get; } = new(stored);

    public ReceiveAttempts Attempts { get; } = new();

    public void Forget(DateTimeOffset now)
    {
        Deduplication.Forget(now);
        Attempts.Forget(now);
    }

    public void Clear()
    {
        Deduplication.Clear();
        Attempts.Clear();
    }
}
