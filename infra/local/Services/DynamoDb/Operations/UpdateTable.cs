using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record UpdateTableRequest(
    string? TableName, string? BillingMode, bool? DeletionProtectionEnabled,
    StreamSpecification? StreamSpecification);

/// <summary>Enables or disables a table's stream, and protects the table; it is done at once.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, UpdateTable.</remarks>
internal static class UpdateTable
{
    public static CreateTableResponse Handle(
        Monitor<DynamoDbState> monitor, UpdateTableRequest request, CallScope scope)
    {
        var name = Parameters.Table(request.TableName, scope);
        Parameters.OneOf(request.BillingMode, "billingMode", "PROVISIONED", "PAY_PER_REQUEST");
        if (request.BillingMode == "PROVISIONED")
            throw DynamoDbErrors.NotSupported("Only the BillingMode PAY_PER_REQUEST is supported.");
        var stream = StreamSpecification.Read(request.StreamSpecification);
        if (stream is null && request is { BillingMode: null, DeletionProtectionEnabled: null })
            throw DynamoDbErrors.Validation("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
                + "GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
        return new CreateTableResponse(monitor.Ask((state, now) => TableDescription.Of(
            state.UpdateTable(name, request.DeletionProtectionEnabled, stream, now), "UPDATING")));
    }
}
