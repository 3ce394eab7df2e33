using Isobar.Local.Services.DynamoDb.Tables;

namespace Isobar.Local.Services.DynamoDb.Operations;

/// <summary>What an index holds beside the keys, in requests and answers.</summary>
/// <param name="NonKeyAttributes">Null unless the type is INCLUDE.</param>
internal sealed record ProjectionShape(string? ProjectionType, List<string?>? NonKeyAttributes)
{
    public static ProjectionShape Of(IndexProjection projection) => new(
        projection.Type, projection.NonKeyAttributes.Count == 0 ? null : [.. projection.NonKeyAttributes]);
}

/// <summary>An index that a request asks for; <see cref="IndexRequests"/> checks it.</summary>
/// <param name="ProvisionedThroughput">Only of a global index.</param>
internal sealed record GlobalSecondaryIndex(
    string? IndexName, List<KeySchemaElement?>? KeySchema, ProjectionShape? Projection,
    ProvisionedThroughput? ProvisionedThroughput = null);

internal sealed record LocalSecondaryIndex(
    string? IndexName, List<KeySchemaElement?>? KeySchema, ProjectionShape? Projection);

/// <param name="IndexSizeBytes">Exact at once, as <see cref="TableDescription"/>'s size is.</param>
internal sealed record GlobalSecondaryIndexDescription(
    string IndexName, List<KeySchemaElement> KeySchema, ProjectionShape Projection, string IndexStatus,
    ProvisionedThroughputDescription ProvisionedThroughput, long IndexSizeBytes, long ItemCount, string IndexArn,
    WarmThroughput? WarmThroughput)
{
    /// <summary>False in the answer that begins to make the index; null else, as nothing takes time here.</summary>
    public bool? Backfilling { get; init; }

    /// <param name="status">ACTIVE, CREATING, UPDATING or DELETING.</param>
    public static GlobalSecondaryIndexDescription Of(
        SecondaryIndex index, string tableArn, string status, DateTimeOffset now) => new(
        index.Definition.Name, KeySchemaElement.Of(index.Schema), ProjectionShape.Of(index.Definition.Projection),
        status, ProvisionedThroughputDescription.Of(index.Throughput, now), index.Bytes, index.Count,
        $"{tableArn}/index/{index.Definition.Name}", Operations.WarmThroughput.Of(index.Throughput))
    {
        Backfilling = status == "CREATING" ? false : null,
    };
}

internal sealed record LocalSecondaryIndexDescription(
    string IndexName, List<KeySchemaElement> KeySchema, ProjectionShape Projection, long IndexSizeBytes,
    long ItemCount, string IndexArn)
{
    public static LocalSecondaryIndexDescription Of(SecondaryIndex index, string tableArn) => new(
        index.Definition.Name, KeySchemaElement.Of(index.Schema), ProjectionShape.Of(index.Definition.Projection),
        index.Bytes, index.Count, $"{tableArn}/index/{index.Definition.Name}");
}
