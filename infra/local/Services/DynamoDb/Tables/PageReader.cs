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
/// <param name="ScannedBytes">Of the evaluated items together.</param>
internal sealed record Page(
    IReadOnlyList<AttributeMap> Items, int ScannedCount, AttributeMap? LastKey, long ScannedBytes);

/// <summary>Reads one page: up to a limit of items, or until 1 MB has been evaluated.</summary>
/// <remarks>Source: Amazon DynamoDB Developer Guide, "Paginating table query results".</remarks>
internal static class PageReader
{
    /// <exception cref="Wire.AwsException">ValidationException: the starting key is no key, or outside the
    /// range.</exception>
    public static Page Read(Table table, KeyRange range, PageRequest request)
    {
        var start = request.StartKey is null ? null : StartOf(table, range, request.StartKey);
        var (first, last) = request.Forward ? (start ?? range.First, range.Last) : (range.First, start ?? range.Last);
        var items = new List<AttributeMap>();
        var (scanned, bytes) = (0, 0L);
        foreach (var row in table.Between(first, last, request.Forward))
        {
            if (row.Key.Equals(start) || !range.Holds(row.Key)) continue;
            scanned++;
            bytes += row.Item!.Size;
            if (request.Filter?.Holds(row.Item) != false) items.Add(row.Item);
            if (scanned == request.Limit || bytes >= DynamoDbLimits.PageBytes)
                return new Page(items, scanned, table.Schema.Attributes(row.Key), bytes);
        }

        return new Page(items, scanned, null, bytes);
    }

    private static ItemKey StartOf(Table table, KeyRange range, AttributeMap startKey)
    {
        ItemKey start;
        try
        {
            start = table.Schema.Key(startKey);
        }
        catch (Wire.AwsException e)
        {
            throw DynamoDbErrors.Validation($"The provided starting key is invalid: {e.Message}");
        }

        return range.Holds(start) ? start : throw DynamoDbErrors.Validation(
            "The provided starting key is outside query boundaries based on provided conditions");
    }
}
