using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record DescribeTableRequest(string? TableName);

internal sealed record DescribeTableResponse(TableDescription Table);

/// <summary>Returns a table's settings and the number and size of its items.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, DescribeTable.</remarks>
internal static class DescribeTable
{
    public static DescribeTableResponse Handle(
        Monitor<DynamoDbState> monitor, DescribeTableRequest request, CallScope scope)
    {
        var table = Parameters.Table(request.TableName, scope);
        return new DescribeTableResponse(monitor.Ask((state, now) =>
            TableDescription.Of(state.DescribeTable(table), "ACTIVE", now)));
    }
}
