using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record DeleteTableRequest(string? TableName);

/// <summary>Deletes a table and its items; it is gone at once.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, DeleteTable.</remarks>
internal static class DeleteTable
{
    public static CreateTableResponse Handle(
        Monitor<DynamoDbState> monitor, DeleteTableRequest request, CallScope scope)
    {
        var table = Parameters.Table(request.TableName, scope);
        return new CreateTableResponse(monitor.Ask((state, now) =>
            TableDescription.Of(state.DeleteTable(table, now), "DELETING", now)));
    }
}
