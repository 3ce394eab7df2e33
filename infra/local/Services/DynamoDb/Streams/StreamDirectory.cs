using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Streams;

/// <summary>The streams of a Region's tables: those that are enabled, or were in the last 24 hours.</summary>
/// <param name="maxBytes">Of the changes in all streams; past it the oldest of the largest stream are trimmed.</param>
internal sealed class StreamDirectory(Effects<AnswerRead> effects, long maxBytes)
{
    private readonly SortedDictionary<string, TableStream> streams = new(StringComparer.Ordinal);

    /// <summary>In the order of their ARNs.</summary>
    public IEnumerable<TableStream> All(DateTimeOffset now)
    {
        Forget(now);
        return streams.Values;
    }

    public TableStream? Find(string arn, DateTimeOffset now)
    {
        Forget(now);
        return streams.GetValueOrDefault(arn);
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public TableStream Get(string arn, DateTimeOffset now) =>
        Find(arn, now) ?? throw DynamoDbErrors.StreamNotFound(arn);

    /// <summary>Begins the stream of a table, with a label of its own.</summary>
    public TableStream Enable(Table table, string view, DateTimeOffset now)
    {
        Forget(now);
        var stream = new TableStream(
            table.Definition.Arn, TableStream.NewLabel(now, table.LatestStream?.Label), view, table.Schema, now,
            effects);
        stream.Open(now);
        streams.Add(stream.Arn.ToString(), stream);
        return stream;
    }

    /// <summary>Keeps the streams within their memory, after a write.</summary>
    public void Limit()
    {
        while (streams.Count > 0 && streams.Values.Sum(stream => stream.Bytes) > maxBytes)
        {
            // A sixteenth at a time, so that writing at the bound does not look through all streams each time.
            var largest = streams.Values.MaxBy(stream => stream.Bytes)!;
            var goal = largest.Bytes - Math.Max(1, maxBytes / 16);
            while (largest.Bytes > goal && largest.TrimOldest())
            {
                // It trims in the condition.
            }
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var stream in streams.Values
            .Where(stream => stream.Disabled + DynamoDbLimits.StreamRetention < now).ToArray())
        {
            stream.Trim(now);
            streams.Remove(stream.Arn.ToString());
        }
    }
}
