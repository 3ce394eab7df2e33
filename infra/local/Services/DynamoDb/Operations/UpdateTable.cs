using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record UpdateTableRequest(
    string? TableName, List<AttributeDefinition?>? AttributeDefinitions, string? BillingMode,
    bool? DeletionProtectionEnabled, StreamSpecification? StreamSpecification,
    ProvisionedThroughput? ProvisionedThroughput, List<GlobalSecondaryIndexUpdate?>? GlobalSecondaryIndexUpdates);

/// <summary>Changes a table's stream, protection, throughput and global indexes; it is done at once, and only the
/// answer tells of it as going on.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, UpdateTable.</remarks>
internal static class UpdateTable
{
    public static CreateTableResponse Handle(
        Monitor<DynamoDbState> monitor, UpdateTableRequest request, CallScope scope)
    {
        var name = Parameters.Table(request.TableName, scope);
        Parameters.OneOf(request.BillingMode, "billingMode", "PROVISIONED", "PAY_PER_REQUEST");
        var units = ProvisionedThroughput.Read(request.ProvisionedThroughput, "provisionedThroughput");
        var stream = StreamSpecification.Read(request.StreamSpecification);
        var updates = request.GlobalSecondaryIndexUpdates ?? [];
        IndexUpdates.CheckShapes(updates);
        if (stream is null && units is null && updates.Count == 0
            && request is { BillingMode: null, DeletionProtectionEnabled: null })
            throw DynamoDbErrors.Validation("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
                + "GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, "
                + "ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, "
                + "WarmThroughput or TableClass is required");
        if (request.GlobalSecondaryIndexUpdates is { Count: 0 })
            throw DynamoDbErrors.Invalid("List of GlobalSecondaryIndexUpdates is empty");
        var change = IndexUpdates.Read(updates, request.AttributeDefinitions) with
        {
            Protection = request.DeletionProtectionEnabled, Stream = stream, Units = units,
            IsProvisioned = request.BillingMode is { } mode ? mode == "PROVISIONED" : null,
        };
        RefuseTogether(change);
        return new CreateTableResponse(monitor.Ask((state, now) => Change(state, name, change, now)));
    }

    // An index that is deleted is described for the last time, as it was.
    private static TableDescription Change(DynamoDbState state, TableName name, TableChange change, DateTimeOffset now)
    {
        var before = state.DescribeTable(name);
        var deleted = change.Delete is { } gone && before.Index(gone) is { Definition.IsGlobal: true } index
            ? GlobalSecondaryIndexDescription.Of(index, $"{before.Definition.Arn}", "DELETING", now)
            : null;
        var known = before.Indexes.ToHashSet();
        var table = state.UpdateTable(name, change, now);
        // A change of the throughput of indexes alone leaves the table active.
        var isOfIndexes = change is { Protection: null, Stream: null, IsProvisioned: null, Units: null }
            && change is { Create: null, Delete: null };
        var answer = TableDescription.Of(table, isOfIndexes ? "ACTIVE" : "UPDATING", now, Status);
        return deleted is null
            ? answer
            : answer with { GlobalSecondaryIndexes = [.. answer.GlobalSecondaryIndexes ?? [], deleted] };

        string Status(SecondaryIndex index) => !known.Contains(index) ? "CREATING"
            : change.IndexUnits.ContainsKey(index.Definition.Name) || change.IsProvisioned is not null ? "UPDATING"
            : "ACTIVE";
    }

    private static void RefuseTogether(TableChange change)
    {
        if (change.Create is null && change.Delete is null) return;
        if (change.Protection is not null)
            throw DynamoDbErrors.Invalid("DeletionProtection modification must be the only operation in the request");
        if (change.Stream is not null)
            throw DynamoDbErrors.Invalid("You cannot create or delete index while changing stream status");
        if (change.Units is not null && change.IsProvisioned is null)
            throw DynamoDbErrors.Invalid("You cannot create or delete index while updating table IOPS");
    }
}
