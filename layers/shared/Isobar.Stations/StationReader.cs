using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Domain;
using Isobar.Functions;
using Isobar.Tables;
using static Isobar.Tables.Attributes;

namespace Isobar.Stations;

/// <summary>Reads the months of stations.</summary>
/// <param name="client">Configured by environment variables, without a Region or endpoint in code.</param>
/// <param name="table">The table's name.</param>
/// <param name="backoff">Waits before items that DynamoDB left unprocessed are read again.</param>
public sealed class StationReader(IAmazonDynamoDB client, string table, Backoff backoff)
{
    /// <summary>Sources of a station; the months of one that has more are not served.</summary>
    public const int MaxSources = 1_000;

    /// <summary>
    /// The months of a station, ordered. Of each source they are those of one version, whole; a month that several
    /// sources have is served by the one with the most accepted rows, of equal ones by the first key, ordinally.
    /// </summary>
    /// <param name="station">Its id; there are no months of one that is not valid.</param>
    /// <param name="from">The first month, <c>yyyy-MM</c>; null for all before <paramref name="to"/>.</param>
    /// <param name="to">The last month, <c>yyyy-MM</c>; null for all from <paramref name="from"/> on.</param>
    /// <exception cref="IOException">DynamoDB did not return all current versions.</exception>
    /// <exception cref="TooManySourcesException">The station has more than <see cref="MaxSources"/>.</exception>
    public async Task<IReadOnlyList<ServedMonth>> MonthsAsync(
        string station, string? from, string? to, CancellationToken cancellationToken)
    {
        // In this order: a year of a version is in the table before the version is current, and for a day after it.
        var sources = await SourcesAsync(station, cancellationToken);
        var current = await CurrentAsync(sources, cancellationToken);
        if (current.Count == 0) return [];

        var served = new SortedDictionary<string, Candidate>(StringComparer.Ordinal);
        var (first, last) = (from ?? "1700-01", to ?? "2199-12");
        await foreach (var item in YearsAsync(station, first[..4], last[..4], cancellationToken))
        {
            var (name, months) = StationSchema.ReadYear(item);
            if (!current.TryGetValue(name, out var version)) continue;
            foreach (var month in months)
            {
                if (string.CompareOrdinal(month.Month, first) < 0 || string.CompareOrdinal(month.Month, last) > 0)
                    continue;
                var candidate = new Candidate(month, version, StationYear.AcceptedOf(month));
                if (!served.TryGetValue(month.Month, out var other) || candidate.IsBefore(other))
                    served[month.Month] = candidate;
            }
        }

        return [.. served.Values.Select(candidate => candidate.Serve())];
    }

    private async Task<IReadOnlyList<string>> SourcesAsync(string station, CancellationToken cancellationToken)
    {
        var sources = new List<string>();
        var items = PagesAsync(
            station, "begins_with(#item, :prefix)", new() { [":prefix"] = Text(StationSchema.SourcePrefix) },
            cancellationToken);
        await foreach (var item in items)
        {
            if (sources.Count == MaxSources) throw new TooManySourcesException(station, MaxSources);
            sources.Add(item["item"].S[StationSchema.SourcePrefix.Length..]);
        }

        return sources;
    }

    /// <summary>By the name that the keys of their years end with.</summary>
    private async Task<IReadOnlyDictionary<string, SourceVersion>> CurrentAsync(
        IReadOnlyList<string> sources, CancellationToken cancellationToken)
    {
        var items = await new BatchRead(client, table, backoff)
            .ItemsAsync(sources.Select(StationSchema.CurrentKey), consistentRead: true, cancellationToken);
        return items.Select(item => StationSchema.ReadVersion(item).Version)
            .ToDictionary(StationSchema.NameOf, StringComparer.Ordinal);
    }

    // '~' sorts after everything that follows a year in a key.
    private IAsyncEnumerable<Dictionary<string, AttributeValue>> YearsAsync(
        string station, string first, string last, CancellationToken cancellationToken) => PagesAsync(
        station, "#item BETWEEN :first AND :last",
        new()
        {
            [":first"] = Text($"{StationSchema.YearPrefix}{first}"),
            [":last"] = Text($"{StationSchema.YearPrefix}{last}~"),
        },
        cancellationToken);

    private IAsyncEnumerable<Dictionary<string, AttributeValue>> PagesAsync(
        string station, string condition, Dictionary<string, AttributeValue> values,
        CancellationToken cancellationToken)
    {
        values.Add(":station", Text(station));
        var request = new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = $"station = :station AND {condition}",
            ExpressionAttributeNames = new() { ["#item"] = "item" },
            ExpressionAttributeValues = values,
            ConsistentRead = true,
        };
        return client.ItemsAsync(request, cancellationToken);
    }

    private sealed record Candidate(MonthPartial Month, SourceVersion Version, long Accepted)
    {
        private string Key => $"{Version.Object.Bucket}/{Version.Object.Key}";

        public bool IsBefore(Candidate other) => Accepted != other.Accepted
            ? Accepted > other.Accepted
            : string.CompareOrdinal(Key, other.Key) < 0;

        public ServedMonth Serve() =>
            new(MonthSummary.From(Month), Key, Version.Object.VersionId, Version.Job, Accepted);
    }
}

/// <summary>A station has months of more files than can be read.</summary>
public sealed class TooManySourcesException(string station, int most)
    : Exception($"More than {most} files have months of station {station}.");
