using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>What can be wrong with values, keys and items.</summary>
internal static partial class DynamoDbErrors
{
    public static AwsException EmptyAttributeValue() => Validation(
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");

    public static AwsException AmbiguousAttributeValue() => Validation(
        "Supplied AttributeValue has more than one datatypes set, "
        + "must contain exactly one of the supported datatypes");

    public static AwsException NullMustBeTrue() =>
        Validation(InvalidValues + "Null attribute value types must have the value of true");

    // The spelling, two spaces included, is AWS's.
    public static AwsException EmptySet(string type) => Validation(InvalidValues + type switch
    {
        "SS" => "An string set  may not be empty",
        "NS" => "An number set  may not be empty",
        _ => "Binary sets should not be empty",
    });

    public static AwsException DuplicatesInSet(string type, IReadOnlyList<AttributeValue> elements) => type switch
    {
        "NS" => Validation("Input collection contains duplicates"),
        "BS" => Validation(InvalidValues + "Input collection of type BS contains duplicates."),
        _ => Validation(InvalidValues + "Input collection ["
            + string.Join(", ", elements.Select(element => ((StringValue)element).Value)) + "] contains duplicates."),
    };

    public static AwsException NestedTooDeeply() => Validation("Nesting Levels have exceeded supported limits: "
        + "Attributes in the item have nested levels beyond supported limit");

    public static AwsException EmptyNumber() => Validation("The parameter cannot be converted to a numeric value");

    public static AwsException NotANumber(string text) =>
        Validation($"The parameter cannot be converted to a numeric value: {text}");

    public static AwsException NumberOverflow() => Validation(
        "Number overflow. Attempting to store a number with magnitude larger than supported range");

    public static AwsException NumberUnderflow() => Validation(
        "Number underflow. Attempting to store a number with magnitude smaller than supported range");

    public static AwsException TooManyDigits() =>
        Validation("Attempting to store more than 38 significant digits in a Number");

    public static AwsException InvalidPlaceholderValue(string name, AwsException cause) => Validation(
        $"ExpressionAttributeValues contains invalid value: {cause.Message} for key {name}");

    public static AwsException ItemTooLarge() => Validation("Item size has exceeded the maximum allowed size");

    public static AwsException UpdatedItemTooLarge() =>
        Validation("Item size to update has exceeded the maximum allowed size");

    public static AwsException MissingKey(string name) =>
        Validation(InvalidValues + $"Missing the key {name} in the item");

    public static AwsException KeyTypeMismatch(string name, string expected, string actual) =>
        Validation(InvalidValues + $"Type mismatch for key {name} expected: {expected} actual: {actual}");

    public static AwsException KeyDoesNotMatchSchema() =>
        Validation("The provided key element does not match the schema");

    public static AwsException EmptyKey(string name, string type) => Validation(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
        + $"{(type == "S" ? "string" : "binary")} value. Key: {name}");

    // The missing space is AWS's.
    public static AwsException HashKeyTooLarge() => Validation(InvalidValues
        + $"Size of hashkey has exceeded the maximum size limit of{DynamoDbLimits.HashKeyBytes} bytes");

    public static AwsException RangeKeyTooLarge() => Validation(InvalidValues
        + $"Aggregated size of all range keys has exceeded the size limit of {DynamoDbLimits.RangeKeyBytes} bytes");

    public static AwsException KeyUpdated(string name) => Validation(InvalidValues
        + $"Cannot update attribute {name}. This attribute is part of the key");
}
