using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>A place in a table: the key of an item, or an edge of a partition.</summary>
/// <param name="Range">Null in tables without a sort key, and at the edges of a partition.</param>
/// <param name="Edge">0 for items. -1 stands before and 1 behind everything with this <paramref name="Hash"/>; with a
/// <paramref name="Range"/>, 1 stands behind everything whose sort key begins with that.</param>
internal sealed record ItemKey(AttributeValue Hash, AttributeValue? Range, int Edge = 0);

/// <param name="Item">Null in a row that only looks for a place.</param>
internal sealed record Row(ItemKey Key, AttributeMap? Item);

/// <summary>Partition key first, then sort key. AWS orders partitions by a hash of the key instead.</summary>
internal sealed class RowOrder : IComparer<Row>
{
    public static readonly RowOrder Instance = new();

    public int Compare(Row? x, Row? y)
    {
        var (a, b) = (x!.Key, y!.Key);
        var order = ScalarOrder.Instance.Compare(a.Hash, b.Hash);
        if (order != 0) return order;
        if (a.Edge == 0 && b.Edge == 0)
            return a.Range is null || b.Range is null ? 0 : ScalarOrder.Instance.Compare(a.Range, b.Range);
        if (a.Edge != 0 && b.Edge != 0) return a.Edge.CompareTo(b.Edge);
        return a.Edge == 0 ? AgainstEdge(a.Range, b) : -AgainstEdge(b.Range, a);
    }

    private static int AgainstEdge(AttributeValue? range, ItemKey edge)
    {
        if (edge.Range is null) return -edge.Edge;
        var within = ScalarOrder.Instance.Compare(range, edge.Range) <= 0 || BeginsWith.Holds(range, edge.Range);
        return within ? -1 : 1;
    }
}
