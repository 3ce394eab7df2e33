using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

/// <summary>Checks that many operations share, with AWS's messages.</summary>
internal static class Parameters
{
    /// <summary>What a name breaks that is not plain.</summary>
    public const string PlainRule = "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";

    /// <summary>The table that a name, or an ARN in its place, means.</summary>
    /// <exception cref="AwsException">ValidationException, or for an ARN of elsewhere
    /// ResourceNotFoundException.</exception>
    public static TableName Table(string? given, CallScope scope)
    {
        if (given is null) throw DynamoDbErrors.Missing("TableName");
        if (!given.StartsWith("arn:", StringComparison.Ordinal)) return new TableName(scope.Region, Named(given));
        var arn = Arn.TryParse(given);
        const string prefix = "table/";
        if (arn is not { Service: "dynamodb" } || !arn.Resource.StartsWith(prefix, StringComparison.Ordinal))
            throw DynamoDbErrors.Validation("Invalid TableArn: Invalid ResourceArn provided as input");
        if (arn.AccountId != scope.AccountId || arn.Region != scope.Region) throw DynamoDbErrors.ResourceNotFound();
        return new TableName(scope.Region, Named(arn.Resource[prefix.Length..]));
    }

    /// <exception cref="AwsException">ValidationException: not 3 to 255 of the characters a–z A–Z 0–9 _ .
    /// -</exception>
    public static string Named(string name)
    {
        if (name.Length is < 3 or > 255)
            throw DynamoDbErrors.Validation(
                "TableName must be at least 3 characters long and at most 255 characters long");
        return IsPlain(name) ? name : throw DynamoDbErrors.Constraint(name, "tableName", PlainRule);
    }

    /// <summary>Whether a name has only the characters that names of tables and indexes can have.</summary>
    public static bool IsPlain(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    public static T Required<T>(T? value, string parameter)
        where T : class => value ?? throw DynamoDbErrors.Missing(parameter);

    /// <param name="member">As AWS shows it: with a small letter in front.</param>
    public static void OneOf(string? value, string member, params ReadOnlySpan<string> allowed)
    {
        if (value is not null && !allowed.Contains(value))
            throw DynamoDbErrors.Constraint(
                value, member, $"Member must satisfy enum value set: [{string.Join(", ", allowed)}]");
    }

    /// <summary>Capacity and collection metrics are not supported; a request may only ask for none.</summary>
    public static void RefuseMetrics(string? returnConsumedCapacity, string? returnItemCollectionMetrics = null)
    {
        OneOf(returnConsumedCapacity, "returnConsumedCapacity", "INDEXES", "TOTAL", "NONE");
        if (returnConsumedCapacity is not (null or "NONE"))
            throw DynamoDbErrors.NotSupported($"ReturnConsumedCapacity {returnConsumedCapacity} is not supported.");
        OneOf(returnItemCollectionMetrics, "returnItemCollectionMetrics", "SIZE", "NONE");
        if (returnItemCollectionMetrics is not (null or "NONE"))
            throw DynamoDbErrors.NotSupported("ReturnItemCollectionMetrics SIZE is not supported.");
    }

    /// <returns>Whether a failed condition shall show the item.</returns>
    public static bool ReturnsItemOnFailure(string? value)
    {
        OneOf(value, "returnValuesOnConditionCheckFailure", "ALL_OLD", "NONE");
        return value == "ALL_OLD";
    }

    /// <summary>The ReturnValues of PutItem and DeleteItem, which return no new item.</summary>
    /// <returns>Whether the old item shall be returned.</returns>
    public static bool ReturnsOld(string? value)
    {
        ReturnValues(value);
        if (value is not (null or "NONE" or "ALL_OLD"))
            throw DynamoDbErrors.Request("ReturnValues can only be ALL_OLD or NONE");
        return value == "ALL_OLD";
    }

    public static void ReturnValues(string? value) =>
        OneOf(value, "returnValues", "ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");

    /// <exception cref="AwsException">ValidationException: zero or less.</exception>
    public static void Limit(int? limit)
    {
        if (limit < 1)
            throw DynamoDbErrors.Constraint(
                $"{limit}", "limit", "Member must have value greater than or equal to 1");
    }
}
