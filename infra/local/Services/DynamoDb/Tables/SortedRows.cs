using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>Rows in key order. To find, add or remove one, or to find where a range begins, takes time that grows with
/// the logarithm of their number.</summary>
internal sealed class SortedRows
{
    private readonly SortedSet<Row> rows = new(RowOrder.Instance);

    public int Count => rows.Count;

    public IEnumerable<Row> All => rows;

    /// <returns>Null when there is no row in this place.</returns>
    public Row? Find(Row place) => rows.TryGetValue(place, out var row) ? row : null;

    public void Add(Row row) => rows.Add(row);

    public void Remove(Row place) => rows.Remove(place);

    /// <summary>The rows of a range.</summary>
    /// <param name="first">Null for the first of all.</param>
    /// <param name="last">Null for the last of all.</param>
    public IEnumerable<Row> Between(Row? first, Row? last, bool forward)
    {
        if (rows.Count == 0) return [];
        var (lower, upper) = (first ?? rows.Min!, last ?? rows.Max!);
        if (RowOrder.Instance.Compare(lower, upper) > 0) return [];
        var view = rows.GetViewBetween(lower, upper);
        return forward ? view : view.Reverse();
    }
}

/// <summary>What Query and Scan read: a table or one of its indexes.</summary>
internal interface IItemSource
{
    /// <summary>The key by which the items are ordered.</summary>
    TableSchema Schema { get; }

    /// <summary>As <see cref="SortedRows.Between"/>.</summary>
    IEnumerable<Row> Between(Row? first, Row? last, bool forward);

    /// <summary>The place that an ExclusiveStartKey means.</summary>
    /// <exception cref="Wire.AwsException">ValidationException: it is no key of this.</exception>
    Row PlaceOf(AttributeMap startKey);

    /// <summary>A place as a LastEvaluatedKey.</summary>
    AttributeMap StartKey(Row row);
}
