using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>What can be wrong with indexes and with throughput.</summary>
/// <remarks>
/// Source of the texts: the findings of ack-api-quirks (tables, October 2026), and tests of
/// paritysuite/dynamodb-conformance, architect/dynalite and getmoto/moto that were made against AWS.
/// </remarks>
internal static partial class DynamoDbErrors
{
    public static AwsException Invalid(string reason) => Validation(InvalidValues + reason);

    public static AwsException NoSuchIndex(string index) =>
        Validation($"The table does not have the specified index: {index}");

    public static AwsException ConsistentGlobalRead() =>
        Validation("Consistent reads are not supported on global secondary indexes");

    public static AwsException NotAllProjected(string index) => Invalid(
        $"Select type ALL_ATTRIBUTES is not supported for global secondary index {index} "
        + "because its projection type is not ALL");

    public static AwsException NotProjected(string index, IEnumerable<string> attributes) => Invalid(
        $"Global secondary index {index} does not project [{string.Join(", ", attributes)}]");

    /// <param name="reason">Null where AWS gives none.</param>
    public static AwsException InvalidStartKey(string? reason = null) =>
        Validation("The provided starting key is invalid" + (reason is null ? "" : $": {reason}"));

    public static AwsException IndexKeyMismatch(string index, KeyAttribute attribute, string actual) => Invalid(
        $"Type mismatch for Index Key {attribute.Name} Expected: {attribute.Type} Actual: {actual} IndexName: {index}");

    public static AwsException EmptyIndexKey(string index, KeyAttribute attribute) => WholeRequest(
        "One or more parameter values are not valid. A value specified for a secondary index key is not supported. "
        + $"The AttributeValue for a key attribute cannot contain an empty {Kind(attribute)} value. "
        + $"IndexName: {index}, IndexKey: {attribute.Name}");

    public static AwsException UpdatedIndexKeyEmpty(KeyAttribute attribute) => WholeRequest(
        "One or more parameter values are not valid. The update expression attempted to update a secondary index key "
        + "to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty "
        + $"{Kind(attribute)} value.");

    public static AwsException UpdatedIndexKeyType() =>
        Validation("The update expression attempted to update the secondary index key to unsupported type");

    public static AwsException UpdatedIndexKeyTooLarge() =>
        Validation("The update expression attempted to update the secondary index key beyond allowed size limits");

    public static AwsException IndexKeyHasNoParts(string attribute) => Validation("Key attributes must be scalars; "
        + $"list random access '[]' and map lookup '.' are not allowed: IndexKey: {attribute}");

    public static AwsException KeyWithoutDefinition() =>
        Validation("Invalid KeySchema: Some index key attribute have no definition");

    public static AwsException IndexExists() => Validation("Attempting to create an index which already exists");

    public static AwsException IndexNotFound(string index, string table) =>
        new("ResourceNotFoundException", $"Requested resource not found: Index {index} for table {table}");

    /// <param name="verb">delete or update.</param>
    public static AwsException NotGlobal(string verb, string index) =>
        Validation($"Cannot {verb} an index that is not a GlobalSecondaryIndex: {index}");

    public static AwsException OneIndexAtATime() => new("LimitExceededException", "Subscriber limit exceeded: "
        + "Only 1 online index can be created or deleted simultaneously per table");

    public static AwsException TooManyGlobalIndexes() => new("LimitExceededException", "Subscriber limit exceeded: "
        + $"Number of global secondary indexes exceeds per-table limit of {DynamoDbLimits.GlobalIndexes}");

    /// <summary>AWS's text is not known; this one is this host's.</summary>
    public static AwsException TooManyIncluded() => Invalid(
        "Number of attributes in NonKeyAttributes of all indexes exceeds the per-table limit of "
        + $"{DynamoDbLimits.IncludedAttributesOfTable}");

    public static AwsException SameThroughput(
        string? index, ProvisionedUnits current, ProvisionedUnits requested)
    {
        var (what, which) = index is null ? ("the table", "the table") : ($"the index {index}", $"index {index}");
        return Validation($"The provisioned throughput for {what} will not change. "
            + "The requested value equals the current value. "
            + $"Current ReadCapacityUnits provisioned for {which}: {current.Read}. "
            + $"Requested ReadCapacityUnits: {requested.Read}. "
            + $"Current WriteCapacityUnits provisioned for {which}: {current.Write}. "
            + $"Requested WriteCapacityUnits: {requested.Write}. "
            + "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.");
    }

    /// <summary>An error of one write that in a transaction is not a reason but the answer to the whole
    /// request.</summary>
    private static AwsException WholeRequest(string message) =>
        new("ValidationException", message) { Note = WholeRequestFault.Instance };

    private static string Kind(KeyAttribute attribute) => attribute.Type == "S" ? "string" : "binary";
}

/// <summary>Marks an error that cancels no transaction but refuses its request.</summary>
internal sealed class WholeRequestFault
{
    public static readonly WholeRequestFault Instance = new();
}
