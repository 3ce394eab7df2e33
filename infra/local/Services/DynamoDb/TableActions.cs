using Isobar.Local.Services.DynamoDb.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>The actions on tables that requests stand for.</summary>
/// <remarks>Source: Service Authorization Reference, Amazon DynamoDB; a transaction needs the permissions of its
/// single operations (Amazon DynamoDB Developer Guide, "IAM and transactions").</remarks>
internal static class TableActions
{
    /// <param name="table">A name or an ARN.</param>
    /// <param name="index">The index that is read; null for the table itself.</param>
    public static IEnumerable<ResourceAction> On(string action, string? table, string? index, CallScope scope) =>
        string.IsNullOrEmpty(table)
            ? []
            : [scope.On(action, Resource(table) + (index is null ? "" : $"/index/{index}"))];

    public static IEnumerable<ResourceAction> OnAll(string action, IEnumerable<string>? tables, CallScope scope) =>
        (tables ?? []).SelectMany(table => On(action, table, null, scope)).Distinct();

    /// <remarks>Source: Amazon DynamoDB Developer Guide, "Tagging resources in DynamoDB": a table with tags needs the
    /// permission to tag as well.</remarks>
    public static IEnumerable<ResourceAction> Of(CreateTableRequest request, CallScope scope) =>
    [
        .. On("CreateTable", request.TableName, null, scope),
        .. request.Tags is { Count: > 0 } ? On("TagResource", request.TableName, null, scope) : [],
    ];

    public static IEnumerable<ResourceAction> Of(TransactGetItemsRequest request, CallScope scope) =>
        OnAll("GetItem", (request.TransactItems ?? []).Select(item => item?.Get?.TableName).OfType<string>(), scope);

    public static IEnumerable<ResourceAction> Of(TransactWriteItemsRequest request, CallScope scope) =>
        (request.TransactItems ?? []).OfType<TransactWriteItem>().SelectMany(item => new[]
        {
            On("PutItem", item.Put?.TableName, null, scope),
            On("UpdateItem", item.Update?.TableName, null, scope),
            On("DeleteItem", item.Delete?.TableName, null, scope),
            On("ConditionCheckItem", item.ConditionCheck?.TableName, null, scope),
        }).SelectMany(actions => actions).Distinct();

    private static string Resource(string table) =>
        table.StartsWith("arn:", StringComparison.Ordinal) ? table : $"table/{table}";
}
