using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>Which attributes an index holds beside its key and the table's.</summary>
/// <param name="Type">ALL, KEYS_ONLY or INCLUDE.</param>
/// <param name="NonKeyAttributes">Those of INCLUDE, in the order of their names.</param>
internal sealed record IndexProjection(string Type, IReadOnlyList<string> NonKeyAttributes)
{
    public bool IsAll => Type == "ALL";

    public bool Equals(IndexProjection? other) =>
        other is not null && Type == other.Type && NonKeyAttributes.SequenceEqual(other.NonKeyAttributes);

    public override int GetHashCode() => Type.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A secondary index as it was asked for; nothing of it can be changed later.</summary>
internal sealed record IndexDefinition(string Name, TableSchema Schema, IndexProjection Projection, bool IsGlobal)
{
    /// <summary>Whether the index of a table has this attribute of its items.</summary>
    public bool Projects(string attribute, TableSchema table) =>
        Projection.IsAll || Schema.IsKey(attribute) || table.IsKey(attribute)
        || Projection.NonKeyAttributes.Contains(attribute);

    /// <summary>The part of an item that the index holds.</summary>
    public AttributeMap Project(AttributeMap item, TableSchema table) => Projection.IsAll
        ? item
        : AttributeMap.Of(item.Entries.Where(entry => Projects(entry.Key, table)));
}

/// <param name="Units">What the index is provisioned with; null where capacity is on demand, and for a local
/// index.</param>
internal sealed record IndexCreation(IndexDefinition Definition, ProvisionedUnits? Units);
