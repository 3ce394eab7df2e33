using System.Text.Json;
using System.Text.Json.Nodes;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>Every error that DynamoDB can answer with; those of expressions are in <see
/// cref="Expressions"/>.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, "Common Errors" and each operation's "Errors".</remarks>
internal static partial class DynamoDbErrors
{
    private const string InvalidValues = "One or more parameter values were invalid: ";

    public static AwsException Validation(string message) => new("ValidationException", message);

    /// <summary>An error in the request alone, whose text depends on the operation.</summary>
    /// <param name="renewed">The text of the operations with renewed checks; null where it is the same.</param>
    public static AwsException Request(string message, string? renewed = null) =>
        new("ValidationException", message) { Note = new RequestFault(renewed ?? message) };

    /// <summary>A constraint of the service's model is broken.</summary>
    public static AwsException Constraint(string? value, string member, string constraint) => Validation(
        $"{RequestFault.Prefix}Value {(value is null ? "null" : $"'{value}'")} at '{member}' "
        + $"failed to satisfy constraint: {constraint}");

    public static AwsException Missing(string parameter) =>
        Validation($"The parameter '{parameter}' is required but was not present in the request");

    public static AwsException NotSupported(string reason) => Validation(reason);

    public static AwsException ResourceNotFound() => new("ResourceNotFoundException", "Requested resource not found");

    public static AwsException TableNotFound(string table) =>
        new("ResourceNotFoundException", $"Requested resource not found: Table: {table} not found");

    // The spelling is AWS's.
    public static AwsException TaggedNotFound(string arn) =>
        new("ResourceNotFoundException", $"Requested resource not found: ResourcArn: {arn} not found");

    public static AwsException TableExists(string table) =>
        new("ResourceInUseException", $"Table already exists: {table}");

    public static AwsException StreamNotFound(string arn) =>
        new("ResourceNotFoundException", $"Requested resource not found: Stream: {arn} not found");

    public static AwsException ShardNotFound(string shard, string arn) => new("ResourceNotFoundException",
        $"Requested resource not found: Shard: {shard} in Stream: {arn} not found");

    public static AwsException StreamEnabled(string table) =>
        Validation($"Table already has an enabled stream: TableName: {table}");

    public static AwsException NoStreamToDisable(string table) =>
        Validation($"Table has no stream to disable: TableName: {table}");

    public static AwsException StreamWithoutView() =>
        Validation(InvalidValues + "If stream is being enabled then UpdateViewType is required");

    public static AwsException ViewWithoutStream() => Validation(
        InvalidValues + "If stream is being disabled, then UpdateViewType must not be specified");

    public static AwsException TrimmedData() => new("TrimmedDataAccessException",
        "The operation attempted to read past the oldest stream record in a shard.");

    public static AwsException ExpiredIterator() => new("ExpiredIteratorException",
        "The shard iterator has expired and can no longer be used to retrieve stream records.");

    public static AwsException UndefinedKeys(IEnumerable<string> keys, IEnumerable<string> attributes) => Validation(
        InvalidValues + "Some index key attributes are not defined in AttributeDefinitions. "
        + $"Keys: [{string.Join(", ", keys)}], AttributeDefinitions: [{string.Join(", ", attributes)}]");

    public static AwsException SpareAttributes() => Validation(InvalidValues
        + "Number of attributes in KeySchema does "
        + "not exactly match number of attributes defined in AttributeDefinitions");

    public static AwsException UnusedAttributes(IEnumerable<string> attributes, IEnumerable<string> keys) => Validation(
        $"{InvalidValues}Some AttributeDefinitions are not used. "
        + $"AttributeDefinitions: [{string.Join(", ", attributes)}], keys used: [{string.Join(", ", keys)}]");

    public static AwsException TableProtected() => Validation(
        "Resource cannot be deleted as it is currently protected "
        + "against deletion. Disable deletion protection first.");

    public static AwsException FilterOnKey(string attribute) => Validation(
        $"Filter Expression can only contain non-primary key attributes: Primary key attribute: {attribute}");

    public static AwsException TooManyTables() => new("LimitExceededException",
        $"Subscriber limit exceeded: There is a limit of {DynamoDbLimits.Tables} tables per subscriber");

    /// <summary>This host's own limit; AWS has none, and no error for it.</summary>
    public static AwsException StorageFull(long bytes) => new("LimitExceededException",
        $"The tables of this host hold their limit of {bytes} bytes; delete items or tables first.");

    public static AwsException ConditionalCheckFailed(AttributeMap? item = null) =>
        new("ConditionalCheckFailedException", "The conditional request failed")
        {
            Members = item is null ? null : new JsonObject { ["Item"] = Node(item) },
        };

    /// <param name="reasons">One for each item of the transaction; null where nothing is wrong with it.</param>
    public static AwsException TransactionCanceled(IReadOnlyList<AwsException?> reasons)
    {
        var list = new JsonArray();
        foreach (var reason in reasons)
        {
            var entry = new JsonObject { ["Code"] = CancellationCode(reason) };
            if (reason is not null) entry["Message"] = reason.Message;
            if (reason?.Members?["Item"] is { } item) entry["Item"] = item.DeepClone();
            list.Add(entry);
        }

        var codes = string.Join(", ", reasons.Select(CancellationCode));
        return new AwsException("TransactionCanceledException",
            $"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]")
        {
            Members = new JsonObject { ["CancellationReasons"] = list },
        };
    }

    public static AwsException IdempotentParameterMismatch() => new("IdempotentParameterMismatchException",
        "The provided ClientRequestToken was already used with different parameters.");

    public static AwsException OneOperationPerItem() =>
        Validation("Transaction request cannot include multiple operations on one item");

    public static AwsException TransactionLength(int count) => Constraint(
        $"[{count} items]", "transactItems", count == 0
        ? "Member must have length greater than or equal to 1"
        : $"Member must have length less than or equal to {DynamoDbLimits.TransactionItems}");

    public static AwsException TransactionTooLarge() => Validation(
        $"The aggregate size of the items in the transaction exceeds {DynamoDbLimits.TransactionBytes} bytes");

    public static AwsException DuplicateKeys() => Validation("Provided list of item keys contains duplicates");

    public static AwsException TooManyItems(string operation) =>
        Validation($"Too many items requested for the {operation} call");

    private static string CancellationCode(AwsException? reason) => reason?.Code switch
    {
        null => "None",
        "ConditionalCheckFailedException" => "ConditionalCheckFailed",
        _ => "ValidationError",
    };

    private static JsonNode? Node(AttributeMap item) =>
        JsonSerializer.SerializeToNode(item, DynamoDbJson.Default.AttributeMap);
}
