using Isobar.Local.Ownership;

namespace Isobar.Local.Services;

/// <summary>One record that an event source handed out.</summary>
/// <param name="Id">What a partial batch response names: a message's id.</param>
/// <param name="Handle">What completes or returns it: a receipt handle.</param>
/// <param name="EventRecord">The record that an invocation's event carries for it, as UTF-8 JSON.</param>
internal sealed record SourceRecord(string Id, string Handle, ReadOnlyMemory<byte> EventRecord)
{
    /// <summary>Records of a group are in one batch at a time, in their order; null for those without.</summary>
    public string? Group { get; init; }
}

/// <summary>Records that an event source handed out.</summary>
/// <param name="Work">Holds the clock, from before the records were handed out until the receiver disposes it or has
/// work of its own for them; null when there are none.</param>
internal readonly record struct ReceivedRecords(IReadOnlyList<SourceRecord> Records, Activity.Lease? Work);

/// <summary>The settings of an event source mapping that its source may refuse.</summary>
/// <param name="BatchSize">1 to 10,000 records.</param>
/// <param name="WindowSeconds">0 to 300.</param>
/// <param name="FunctionTimeout">Of the function that the records go to.</param>
internal sealed record EventSourceSettings(int BatchSize, int WindowSeconds, TimeSpan FunctionTimeout);

/// <summary>A service with resources that an event source mapping can read.</summary>
internal interface IEventSource : IServiceRole
{
    /// <summary>Checks whether a mapping with these settings can read the resource.</summary>
    /// <returns>The message of Lambda's InvalidParameterValueException; null when it can.</returns>
    string? Refuse(Arn resource, EventSourceSettings settings);

    /// <summary>Makes a reader of one resource, for one mapping.</summary>
    /// <param name="resource">One that <see cref="Refuse"/> accepted.</param>
    IEventReader CreateReader(Arn resource);
}

/// <summary>Hands out the records of one resource; the mapping completes them or returns them.</summary>
internal interface IEventReader
{
    /// <summary>
    /// How long a record that was handed out stays with this reader; null when the resource is gone.
    /// </summary>
    TimeSpan? HoldTime { get; }

    /// <summary>Waits, without a time limit of its own, until at least one record can be handed out.</summary>
    /// <param name="maximum">1 to 10,000 records.</param>
    /// <exception cref="OperationCanceledException">Nothing was handed out; no record is lost.</exception>
    ValueTask<ReceivedRecords> ReceiveAsync(int maximum, CancellationToken cancellationToken);

    /// <summary>The function has processed these records; handles that are no longer valid are passed over.</summary>
    ValueTask CompleteAsync(IReadOnlyList<string> handles, CancellationToken cancellationToken);

    /// <summary>Makes records available again after a time.</summary>
    ValueTask ReturnAsync(IReadOnlyList<string> handles, TimeSpan after, CancellationToken cancellationToken);

    /// <summary>The record as filter patterns see it: with a body that is a JSON object parsed.</summary>
    ReadOnlyMemory<byte> ForFilter(SourceRecord record) => record.EventRecord;
}
