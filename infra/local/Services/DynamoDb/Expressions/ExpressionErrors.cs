using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>The errors of expressions that do not depend on any item.</summary>
internal static class ExpressionErrors
{
    public static AwsException Invalid(string kind, string message) =>
        DynamoDbErrors.Request($"Invalid {kind}: {message}");

    public static AwsException Empty(string kind) => Invalid(kind, "The expression can not be empty;");

    public static AwsException TooLong(string kind) =>
        Invalid(kind, "Expression size has exceeded the maximum allowed size;");

    public static AwsException TooManyOperators(string kind, int count) =>
        Invalid(kind, $"The expression contains too many operators; operator count: {count}");

    public static AwsException UnusedNames(IEnumerable<string> names) => DynamoDbErrors.Validation(
        $"Value provided in ExpressionAttributeNames unused in expressions: keys: {{{string.Join(", ", names)}}}");

    public static AwsException UnusedValues(IEnumerable<string> names) => DynamoDbErrors.Validation(
        $"Value provided in ExpressionAttributeValues unused in expressions: keys: {{{string.Join(", ", names)}}}");

    public static AwsException NamesWithoutExpression() => DynamoDbErrors.Request(
        "ExpressionAttributeNames can only be specified when using expressions");

    public static AwsException ValuesWithoutExpression(IReadOnlyList<string> kinds)
    {
        const string rule = "ExpressionAttributeValues can only be specified when using expressions";
        return DynamoDbErrors.Request(
            $"{rule}: {string.Join(" and ", kinds)} {(kinds.Count > 1 ? "are" : "is")} null", rule);
    }

    public static AwsException NoPlaceholders(string parameter) =>
        DynamoDbErrors.Request($"{parameter} must not be empty");

    public static AwsException InvalidPlaceholder(string parameter, string name) =>
        DynamoDbErrors.Request($"{parameter} contains invalid key: Syntax error; key: \"{name}\"");

    public static AwsException EmptyName(string placeholder) => DynamoDbErrors.Request(
        $"ExpressionAttributeNames contains invalid value: Empty attribute name; key: \"{placeholder}\"");

    public static AwsException InvalidPathForUpdate() => DynamoDbErrors.Validation(
        "The document path provided in the update expression is invalid for update");

    public static AwsException MissingAttribute() => DynamoDbErrors.Validation(
        "The provided expression refers to an attribute that does not exist in the item");

    public static AwsException IncorrectDataType() => DynamoDbErrors.Validation(
        "An operand in the update expression has an incorrect data type");

    public static string OperandType(string function, string type) =>
        $"Incorrect operand type for operator or function; operator or function: {function}, operand type: {type}";

    public static string OperandCount(string function, int count) => "Incorrect number of operands for operator or "
        + $"function; operator or function: {function}, number of operands: {count}";

    public static string PathRequired(string function) =>
        $"Operator or function requires a document path; operator or function: {function}";
}
