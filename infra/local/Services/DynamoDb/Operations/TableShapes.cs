using Isobar.Local.Services.DynamoDb.Tables;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record AttributeDefinition(string? AttributeName, string? AttributeType);

/// <param name="LastUpdateToPayPerRequestDateTime">Null when the table was never billed by request.</param>
internal sealed record BillingModeSummary(string BillingMode, double? LastUpdateToPayPerRequestDateTime);

/// <param name="CreationDateTime">Seconds since 1970.</param>
/// <param name="TableSizeBytes">Exact at once; AWS updates it and ItemCount about every six hours.</param>
internal sealed record TableDescription(
    List<AttributeDefinition> AttributeDefinitions, string TableName, List<KeySchemaElement> KeySchema,
    string TableStatus, double CreationDateTime, ProvisionedThroughputDescription ProvisionedThroughput,
    long TableSizeBytes, long ItemCount, string TableArn, string TableId,
    BillingModeSummary? BillingModeSummary, bool DeletionProtectionEnabled, WarmThroughput? WarmThroughput)
{
    /// <summary>Null while no stream is enabled.</summary>
    public StreamSpecification? StreamSpecification { get; init; }

    /// <summary>Of the enabled stream, or of the one that was disabled last; null for neither.</summary>
    public string? LatestStreamArn { get; init; }

    public string? LatestStreamLabel { get; init; }

    /// <summary>Null when there are none.</summary>
    public List<GlobalSecondaryIndexDescription>? GlobalSecondaryIndexes { get; init; }

    /// <summary>Null when there are none.</summary>
    public List<LocalSecondaryIndexDescription>? LocalSecondaryIndexes { get; init; }

    /// <param name="status">ACTIVE, UPDATING or DELETING.</param>
    /// <param name="indexStatus">Of each global index; null when all of them are ACTIVE.</param>
    public static TableDescription Of(
        Table table, string status, DateTimeOffset now, Func<SecondaryIndex, string>? indexStatus = null)
    {
        var definition = table.Definition;
        var arn = definition.Arn.ToString();
        var global = table.Indexes.Where(index => index.Definition.IsGlobal).Select(index =>
            GlobalSecondaryIndexDescription.Of(index, arn, indexStatus?.Invoke(index) ?? "ACTIVE", now)).ToList();
        var local = table.Indexes.Where(index => !index.Definition.IsGlobal).Select(index =>
            LocalSecondaryIndexDescription.Of(index, arn)).ToList();
        return new TableDescription(
            [.. definition.Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal)
                .Select(attribute => new AttributeDefinition(attribute.Name, attribute.Type))],
            definition.Name.Name, KeySchemaElement.Of(table.Schema), status, Seconds(table.Created),
            ProvisionedThroughputDescription.Of(table.Throughput, now), table.Bytes, table.Count, arn,
            definition.Id.ToString(), Billing(table), definition.DeletionProtection,
            status != "DELETING" ? Operations.WarmThroughput.Of(table.Throughput) : null)
        {
            StreamSpecification = table.Stream is { } stream ? new StreamSpecification(true, stream.View) : null,
            LatestStreamArn = table.LatestStream?.Arn.ToString(),
            LatestStreamLabel = table.LatestStream?.Label,
            GlobalSecondaryIndexes = global.Count > 0 ? global : null,
            LocalSecondaryIndexes = local.Count > 0 ? local : null,
        };
    }

    /// <summary>An instant as the API tells it: seconds since 1970.</summary>
    public static double Seconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() / 1000.0;

    // A table that never was billed by request has none.
    private static BillingModeSummary? Billing(Table table) => table.OnDemandSince is { } since
        ? new BillingModeSummary(table.IsProvisioned ? "PROVISIONED" : "PAY_PER_REQUEST", Seconds(since))
        : null;
}
