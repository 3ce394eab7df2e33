using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Kinesis;

/// <summary>Tells the journal every five minutes of service time which streams are kept, since AWS charges for them by
/// the hour.</summary>
internal sealed class StreamHours : IDisposable
{
    // Ours: AWS charges by whole hours of a shard; a short run shows its share.
    private const int Minutes = 5;

    private readonly Regional<Monitor<KinesisState>> streams;
    private readonly ServiceContext context;
    private readonly MinuteSampler sampler;

    public StreamHours(Regional<Monitor<KinesisState>> streams, ServiceContext context)
    {
        (this.streams, this.context) = (streams, context);
        sampler = new MinuteSampler("kinesis stream hours", context.Clock, Sample);
    }

    /// <summary>A stream was made.</summary>
    public void Wake() => sampler.Wake();

    public void Dispose() => sampler.Dispose();

    private bool Sample(DateTimeOffset now)
    {
        StreamKept[] kept = [.. streams.All.SelectMany(region => region.Ask((state, _) => state.Streams
            .Select(stream => new StreamKept(
                stream.Name, stream.OpenShards.Count, stream.Mode == StreamMode.OnDemand,
                TimeSpan.FromMinutes(Minutes))).ToArray()))];
        if (now.Minute % Minutes != 0) return kept.Length > 0;
        foreach (var fact in kept) context.Journal.Record(fact);
        return kept.Length > 0;
    }
}
