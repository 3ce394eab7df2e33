using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>How a Query or Scan reads its range.</summary>
/// <param name="Filter">Null to keep everything.</param>
/// <param name="StartKey">Where the page before ended, or null.</param>
/// <param name="Limit">Items to evaluate at most, or null.</param>
internal sealed record PageRequest(Condition? Filter, AttributeMap? StartKey, int? Limit, bool Forward = true);

/// <param name="Items">Those that the filter kept.</param>
/// <param name="ScannedCount">Those that were evaluated.</param>
/// <param name="LastKey">Where the next page begins, or null when the range was read to its end.</param>
/// <param name="ScannedBytes">Of the evaluated items together, as the table or the index holds them.</param>
internal sealed record Page(
    IReadOnlyList<AttributeMap> Items, int ScannedCount, AttributeMap? LastKey, long ScannedBytes)
{
    /// <summary>The size of each item that was fetched from the table of a local index.</summary>
    public IReadOnlyList<int> FetchedSizes { get; init; } = [];
}

/// <summary>Reads one page: up to a limit of items, or until 1 MB has been evaluated.</summary>
/// <param name="source">A table or an index.</param>
/// <param name="table">Where whole items are fetched from; null to take them as the source has them.</param>
/// <remarks>Source: Amazon DynamoDB Developer Guide, "Paginating table query results".</remarks>
internal sealed class PageReader(IItemSource source, Table? table = null)
{
    /// <exception cref="Wire.AwsException">ValidationException: the starting key is no key, or outside the
    /// range.</exception>
    public Page Read(KeyRange range, PageRequest request)
    {
        var start = request.StartKey is null ? null : StartOf(range, request.StartKey);
        Row? first = request.Forward ? start ?? range.First : range.First;
        Row? last = request.Forward ? range.Last : start ?? range.Last;
        var items = new List<AttributeMap>();
        var fetched = new List<int>();
        var (scanned, bytes, fetchedBytes) = (0, 0L, 0L);
        foreach (var row in source.Between(first, last, request.Forward))
        {
            if (start is not null && RowOrder.Instance.Compare(row, start) == 0) continue;
            scanned++;
            bytes += row.Item!.Size;
            var item = table is null ? row.Item : table.Find(((IndexRow)row).TableKey)!;
            if (table is not null)
            {
                fetched.Add(item.Size);
                fetchedBytes += item.Size;
            }

            if (request.Filter?.Holds(item) != false) items.Add(item);
            if (scanned == request.Limit || bytes + fetchedBytes >= DynamoDbLimits.PageBytes)
                return new Page(items, scanned, source.StartKey(row), bytes) { FetchedSizes = fetched };
        }

        return new Page(items, scanned, null, bytes) { FetchedSizes = fetched };
    }

    private Row StartOf(KeyRange range, AttributeMap startKey)
    {
        var start = source.PlaceOf(startKey);
        return range.Holds(start) ? start : throw DynamoDbErrors.Validation(
            "The provided starting key is outside query boundaries based on provided conditions");
    }
}
