using System.Security.Cryptography;
using System.Text.Json;
using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

/// <summary>Put, Update, Delete or ConditionCheck; which members belong to which, <see cref="TransactWrite"/>
/// says.</summary>
internal sealed record TransactAction(
    string? TableName, AttributeMap? Item, AttributeMap? Key, string? UpdateExpression, string? ConditionExpression,
    Dictionary<string, string>? ExpressionAttributeNames, PlaceholderValues? ExpressionAttributeValues,
    string? ReturnValuesOnConditionCheckFailure);

internal sealed record TransactWriteItem(
    TransactAction? Put, TransactAction? Update, TransactAction? Delete, TransactAction? ConditionCheck);

internal sealed record TransactWriteItemsRequest(
    List<TransactWriteItem?>? TransactItems, string? ClientRequestToken,
    string? ReturnConsumedCapacity, string? ReturnItemCollectionMetrics);

internal sealed record EmptyResponse;

/// <summary>Does up to 100 writes, all or none.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, TransactWriteItems.</remarks>
internal static class TransactWriteItems
{
    public static EmptyResponse Handle(
        Monitor<DynamoDbState> monitor, TransactWriteItemsRequest request, CallScope scope)
    {
        var items = Parameters.Required(request.TransactItems, "TransactItems");
        Parameters.RefuseMetrics(request.ReturnConsumedCapacity, request.ReturnItemCollectionMetrics);
        if (items.Count is 0 or > DynamoDbLimits.TransactionItems)
            throw DynamoDbErrors.TransactionLength(items.Count);
        if (request.ClientRequestToken is { Length: 0 or > 36 } token)
            throw DynamoDbErrors.Constraint(token, "clientRequestToken", token.Length == 0
                ? "Member must have length greater than or equal to 1"
                : "Member must have length less than or equal to 36");
        var writes = items.ConvertAll(item => TransactWrite.Read(item, scope));
        var fingerprint = Fingerprint(request);
        var scopedToken = request.ClientRequestToken is null ? null : $"{scope.Region}/{request.ClientRequestToken}";
        var done = monitor.Ask((state, now) => state.Transact(scopedToken, fingerprint, writes, now));
        Capacity.Transact(scope, writes);
        Capacity.Indexes(scope, done);
        return new EmptyResponse();
    }

    // Attributes are written in the order of their names, so that equal requests have equal fingerprints.
    private static string Fingerprint(TransactWriteItemsRequest request) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
            request with { ClientRequestToken = null }, DynamoDbJson.Default.TransactWriteItemsRequest)));
}
