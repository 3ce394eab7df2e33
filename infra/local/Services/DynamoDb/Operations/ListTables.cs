using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record ListTablesRequest(string? ExclusiveStartTableName, int? Limit);

/// <param name="LastEvaluatedTableName">Null when there are no further tables.</param>
internal sealed record ListTablesResponse(IReadOnlyList<string> TableNames, string? LastEvaluatedTableName);

/// <summary>Returns the names of the tables of a Region, in order.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, ListTables.</remarks>
internal static class ListTables
{
    public static ListTablesResponse Handle(
        Monitor<DynamoDbState> monitor, ListTablesRequest request, CallScope scope)
    {
        Parameters.Limit(request.Limit);
        if (request.Limit > DynamoDbLimits.ListTablesPage)
            throw DynamoDbErrors.Constraint($"{request.Limit}", "limit",
                $"Member must have value less than or equal to {DynamoDbLimits.ListTablesPage}");
        var limit = request.Limit ?? DynamoDbLimits.ListTablesPage;
        var names = monitor.Ask((state, _) => state.ListTables(scope.Region, request.ExclusiveStartTableName, limit));
        return names.Count > limit
            ? new ListTablesResponse([.. names.Take(limit)], names[limit - 1])
            : new ListTablesResponse(names, null);
    }
}
