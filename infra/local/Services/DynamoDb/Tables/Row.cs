using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>An item at its place.</summary>
/// <param name="Item">Null in a row that only looks for a place.</param>
internal record Row(ItemKey Key, AttributeMap? Item);

/// <summary>An item in an index, where any number of items can have the same key.</summary>
/// <param name="Item">The attributes that the index projects.</param>
/// <param name="TableKey">The item's key in the table.</param>
internal sealed record IndexRow(ItemKey Key, AttributeMap? Item, ItemKey TableKey) : Row(Key, Item);

/// <summary>Where a range of rows begins or ends.</summary>
/// <param name="Side">-1 stands before all rows with the key, 1 behind them.</param>
internal sealed record Bound(ItemKey Key, int Side) : Row(Key, null);

/// <summary>Partition key first, then sort key, and in an index then the table's key. AWS orders partitions by a hash
/// of the key instead.</summary>
internal sealed class RowOrder : IComparer<Row>
{
    public static readonly RowOrder Instance = new();

    public int Compare(Row? x, Row? y)
    {
        var order = Compare(x!.Key, y!.Key);
        if (order != 0) return order;
        return x is IndexRow { TableKey: var a } && y is IndexRow { TableKey: var b }
            ? Compare(a, b)
            : Side(x).CompareTo(Side(y));
    }

    private static int Compare(ItemKey a, ItemKey b)
    {
        var order = ScalarOrder.Instance.Compare(a.Hash, b.Hash);
        if (order != 0) return order;
        if (a.Edge == 0 && b.Edge == 0)
            return a.Range is null || b.Range is null ? 0 : ScalarOrder.Instance.Compare(a.Range, b.Range);
        if (a.Edge != 0 && b.Edge != 0) return a.Edge.CompareTo(b.Edge);
        return a.Edge == 0 ? AgainstEdge(a.Range, b) : -AgainstEdge(b.Range, a);
    }

    private static int Side(Row row) => row is Bound bound ? bound.Side : 0;

    private static int AgainstEdge(AttributeValue? range, ItemKey edge)
    {
        if (edge.Range is null) return -edge.Edge;
        var within = ScalarOrder.Instance.Compare(range, edge.Range) <= 0 || BeginsWith.Holds(range, edge.Range);
        return within ? -1 : 1;
    }
}
