using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Streams;

/// <summary>What a stream keeps of one change of an item.</summary>
/// <param name="Number">Its place in the stream, from 1, without gaps.</param>
/// <param name="EventName">INSERT, MODIFY or REMOVE.</param>
/// <param name="Old">Null where there was no item, or the stream's view does not show it.</param>
/// <param name="New">Null where there is no item, or the stream's view does not show it.</param>
/// <param name="IsExpiry">Whether time to live deleted the item.</param>
internal sealed record ItemChange(
    long Number, DateTimeOffset At, string EventName, AttributeMap Keys, AttributeMap? Old, AttributeMap? New,
    bool IsExpiry) : IStreamed
{
    // Beside the attributes, in memory; a limit of this host is counted with it.
    private const int OverheadBytes = 200;

    /// <summary>The SizeBytes of the record: its key and its images.</summary>
    /// <remarks>Source: sizes that AWS answered, recorded by LocalStack's tests in November 2025.</remarks>
    public int Size => Keys.Size + (Old?.Size ?? 0) + (New?.Size ?? 0);

    /// <summary>What it counts for in the memory of streams.</summary>
    public long KeptBytes => Size + OverheadBytes;
}
