using Isobar.Local.Costs;
using Isobar.Local.History;

namespace Isobar.Local.Services.Kinesis;

// What the journal learns from Kinesis: names and numbers, never data or keys.

internal interface IStreamFact : IFact
{
    string Stream { get; }

    string? IFact.Resource => FactResource.Of("kinesis", Stream);
}

internal sealed record StreamCreated(string Stream, int Shards) : IStreamFact;

internal sealed record StreamDeleted(string Stream) : IStreamFact;

/// <param name="Shards">How many are open now.</param>
internal sealed record StreamResharded(string Stream, int Shards) : IStreamFact;

/// <summary>Records were put with one call.</summary>
/// <param name="Operation">PutRecord or PutRecords.</param>
/// <param name="Put">How many the stream took.</param>
/// <param name="Bytes">Of these, with their keys.</param>
/// <param name="Throttled">How many it did not take, since their shards had no room.</param>
internal sealed record RecordsPut(string Stream, string Operation, int Put, long Bytes, int Throttled)
    : IStreamFact, IMeasuredFact
{
    public string? TraceId { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics => StreamMetrics.Of(this);
}

/// <summary>Records were read with one call, or by an event source mapping.</summary>
/// <param name="Records">0 for a call that found nothing.</param>
/// <param name="Bytes">Of their data.</param>
/// <param name="Age">How long ago the last of them was put; zero when there is none.</param>
internal sealed record RecordsRead(string Stream, int Records, long Bytes, TimeSpan Age)
    : IStreamFact, IMeasuredFact, IChargedFact
{
    /// <summary>Whether the stream is charged by what is read.</summary>
    public bool IsOnDemand { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics => StreamMetrics.Of(this);

    IEnumerable<Charge> IChargedFact.Charges =>
        IsOnDemand ? [new Charge(Meter.StreamGigabytesOut, Bytes / Charge.GigabyteBytes)] : [];
}

/// <summary>A shard could not be read, since it had been read too much in this second.</summary>
internal sealed record ReadThrottled(string Stream, string ShardId) : IStreamFact, IMeasuredFact
{
    IEnumerable<MetricDatum> IMeasuredFact.Metrics => StreamMetrics.Of(this);
}

/// <summary>Records were removed before their retention period ended: the memory of all streams was full.</summary>
internal sealed record RecordsTrimmedEarly(string Region, long Records) : IFact;

/// <summary>A stream was there for some minutes: AWS charges for its open shards, or for an on-demand stream.</summary>
internal sealed record StreamKept(string Stream, int Shards, bool IsOnDemand, TimeSpan Duration)
    : IStreamFact, IChargedFact
{
    IEnumerable<Charge> IChargedFact.Charges =>
    [
        IsOnDemand
            ? new Charge(Meter.StreamHours, (decimal)Duration.TotalMinutes / 60)
            : new Charge(Meter.ShardHours, Shards * (decimal)Duration.TotalMinutes / 60),
    ];
}
