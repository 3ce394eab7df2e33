using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>The part of a table that a Query or Scan reads.</summary>
/// <param name="First">The first place in key order that can match; null for the table's first.</param>
/// <param name="Last">The last one; null for the table's last.</param>
/// <param name="Excluded">Sort keys at the edges that do not match: those of exclusive bounds.</param>
internal sealed record KeyRange(ItemKey? First, ItemKey? Last, params AttributeValue[] Excluded)
{
    public static readonly KeyRange Everything = new(null, null);

    public bool Holds(ItemKey key) => Compare(First, key) <= 0 && Compare(key, Last) <= 0
        && !Excluded.Any(excluded => excluded.Equals(key.Range));

    private static int Compare(ItemKey? left, ItemKey? right) =>
        left is null || right is null ? 0 : RowOrder.Instance.Compare(new Row(left, null), new Row(right, null));
}
