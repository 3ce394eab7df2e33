using Isobar.Local.Services;
using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Tests.Services.DynamoDb.Indexes;

/// <summary>
/// A table with the key <c>pk</c> (S) and <c>sk</c> (N). Indexes have the key attributes <c>a</c> (S) and <c>b</c> (N).
/// </summary>
internal static class IndexedTable
{
    private static readonly KeyAttribute Hash = new("pk", "S");
    private static readonly KeyAttribute Range = new("sk", "N");
    private static readonly KeyAttribute Text = new("a", "S");
    private static readonly KeyAttribute Number = new("b", "N");

    /// <summary>Ordered by <c>a</c> and <c>b</c>, with everything.</summary>
    public static IndexDefinition ByText { get; } = Global("by-text", new TableSchema(Text, Number), "ALL");

    /// <summary>Ordered by <c>b</c> alone, with the keys.</summary>
    public static IndexDefinition ByNumber { get; } = Global("by-number", new TableSchema(Number, null), "KEYS_ONLY");

    /// <summary>Each partition of the table ordered by <c>a</c>, with <c>c</c>.</summary>
    public static IndexDefinition InPartition { get; } = new(
        "local", new TableSchema(Hash, Text), new IndexProjection("INCLUDE", ["c"]), IsGlobal: false);

    public static IndexDefinition Global(string name, TableSchema schema, string type, params string[] included) =>
        new(name, schema, new IndexProjection(type, included), IsGlobal: true);

    public static TableName Create(DynamoDbState state, params IndexDefinition[] indexes)
    {
        var name = new TableName("us-east-1", "indexed");
        state.CreateTable(new TableDefinition(
            name, new Arn("aws", "dynamodb", "us-east-1", "000000000000", "table/indexed"), Guid.Empty,
            new TableSchema(Hash, Range), [Hash, Range, Text, Number], DeletionProtection: false)
        {
            Indexes = [.. indexes.Select(index => new IndexCreation(index, null))],
        }, DateTimeOffset.UnixEpoch);
        return name;
    }

    /// <param name="attributes">JSON members beside the key.</param>
    public static AttributeMap Item(string pk, int sk, string attributes = "") => ItemText.Map(
        $$$"""{"pk":{"S":"{{{pk}}}"},"sk":{"N":"{{{sk}}}"}{{{(attributes == "" ? "" : ",")}}}{{{attributes}}}}""");

    public static void Put(DynamoDbState state, TableName table, string pk, int sk, string attributes = "") =>
        state.Write(new ItemPut(table, Item(pk, sk, attributes)), default);

    public static TableChange Creation(IndexDefinition index) =>
        new() { Create = new IndexCreationRequest(_ => new IndexCreation(index, null)) };
}
