using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>Which index a Query or Scan reads, and what it wants of the items.</summary>
/// <param name="Index">Null for the table itself.</param>
/// <param name="Attributes">The attributes that a projection expression begins with; null without one.</param>
internal sealed record IndexRead(
    string? Index, string? Select = null, IReadOnlyList<string>? Attributes = null, bool IsConsistent = false)
{
    /// <exception cref="AwsException">ValidationException: there is no such index, or it can't be read
    /// so.</exception>
    public IItemSource SourceIn(Table table)
    {
        if (Index is null) return table;
        var index = table.Index(Index) ?? throw DynamoDbErrors.NoSuchIndex(Index);
        if (!index.Definition.IsGlobal) return index;
        if (IsConsistent) throw DynamoDbErrors.ConsistentGlobalRead();
        if (Select == "ALL_ATTRIBUTES" && !index.Definition.Projection.IsAll)
            throw DynamoDbErrors.NotAllProjected(Index);
        var missing = MissingIn(index, table).ToList();
        return missing.Count == 0 ? index : throw DynamoDbErrors.NotProjected(Index, missing);
    }

    /// <summary>Whether whole items are fetched from the table, which a local index does when it lacks something that
    /// is asked for.</summary>
    public bool FetchesFrom(Table table, IItemSource source) => source is SecondaryIndex index
        && !index.Definition.Projection.IsAll
        && (Select == "ALL_ATTRIBUTES" || MissingIn(index, table).Any());

    private IEnumerable<string> MissingIn(SecondaryIndex index, Table table) =>
        (Attributes ?? []).Where(attribute => !index.Definition.Projects(attribute, table.Schema)).Distinct();
}
