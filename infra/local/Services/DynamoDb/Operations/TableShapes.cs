using Isobar.Local.Services.DynamoDb.Tables;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record AttributeDefinition(string? AttributeName, string? AttributeType);

internal sealed record KeySchemaElement(string? AttributeName, string? KeyType);

internal sealed record BillingModeSummary(string BillingMode, double LastUpdateToPayPerRequestDateTime);

/// <summary>What a table can take at once without growing first.</summary>
internal sealed record WarmThroughput(int ReadUnitsPerSecond, string Status, int WriteUnitsPerSecond)
{
    /// <summary>Of every table that is billed by request and was not warmed.</summary>
    /// <remarks>Source: answers of AWS recorded by LocalStack's tests in November 2025.</remarks>
    public static readonly WarmThroughput OnDemand = new(12_000, "ACTIVE", 4_000);
}

/// <summary>All zero for tables that are billed by request.</summary>
internal sealed record ProvisionedThroughputDescription(
    int NumberOfDecreasesToday, int ReadCapacityUnits, int WriteCapacityUnits);

/// <param name="CreationDateTime">Seconds since 1970.</param>
/// <param name="TableSizeBytes">Exact at once; AWS updates it and ItemCount about every six hours.</param>
internal sealed record TableDescription(
    List<AttributeDefinition> AttributeDefinitions, string TableName, List<KeySchemaElement> KeySchema,
    string TableStatus, double CreationDateTime, ProvisionedThroughputDescription ProvisionedThroughput,
    long TableSizeBytes, long ItemCount, string TableArn, string TableId,
    BillingModeSummary BillingModeSummary, bool DeletionProtectionEnabled, WarmThroughput? WarmThroughput)
{
    /// <summary>Null while no stream is enabled.</summary>
    public StreamSpecification? StreamSpecification { get; init; }

    /// <summary>Of the enabled stream, or of the one that was disabled last; null for neither.</summary>
    public string? LatestStreamArn { get; init; }

    public string? LatestStreamLabel { get; init; }

    /// <param name="status">ACTIVE, UPDATING or DELETING.</param>
    public static TableDescription Of(Table table, string status)
    {
        var (definition, schema) = (table.Definition, table.Schema);
        var created = table.Created.ToUnixTimeMilliseconds() / 1000.0;
        List<KeySchemaElement> keys = [new(schema.Hash.Name, "HASH")];
        if (schema.Range is { } range) keys.Add(new KeySchemaElement(range.Name, "RANGE"));
        return new TableDescription(
            [.. definition.Attributes.Select(attribute => new AttributeDefinition(attribute.Name, attribute.Type))],
            definition.Name.Name, keys, status, created, new ProvisionedThroughputDescription(0, 0, 0),
            table.Bytes, table.Count, definition.Arn.ToString(), definition.Id.ToString(),
            new BillingModeSummary("PAY_PER_REQUEST", created), definition.DeletionProtection,
            status != "DELETING" ? Operations.WarmThroughput.OnDemand : null)
        {
            StreamSpecification = table.Stream is { } stream ? new StreamSpecification(true, stream.View) : null,
            LatestStreamArn = table.LatestStream?.Arn.ToString(),
            LatestStreamLabel = table.LatestStream?.Label,
        };
    }
}
