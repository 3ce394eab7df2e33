namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>The part of a table or an index that a Query or Scan reads.</summary>
/// <param name="First">Where it begins; null for the first of all.</param>
/// <param name="Last">Where it ends; null for the last of all.</param>
internal sealed record KeyRange(Bound? First, Bound? Last)
{
    public static readonly KeyRange Everything = new(null, null);

    public bool Holds(Row row) =>
        (First is null || RowOrder.Instance.Compare(First, row) <= 0)
        && (Last is null || RowOrder.Instance.Compare(row, Last) <= 0);
}
