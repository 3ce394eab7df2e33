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
        Request(InvalidValues + "Null attribute value types must have the value of true");

    // The spelling, two spaces included, is AWS's.
    public static AwsException EmptySet(string type) => Request(InvalidValues + type switch
    {
        "SS" => "An string set  may not be empty",
        "NS" => "An number set  may not be empty",
        _ => "Binary sets should not be empty",
    });

    /// <param name="elements">As sent.</param>
    /// <remarks>The renewed text quotes the members, those before the first repetition in the order of their bytes. The
    /// space that is missing before "of type BS" is AWS's.</remarks>
    public static AwsException DuplicatesInSet(string type, IReadOnlyList<AttributeValue> elements)
    {
        if (type == "NS")
            return Request(
                "Input collection contains duplicates", InvalidValues + "Input collection contains duplicates.");
        var sent = elements.Select(Member);
        var distinct = new SortedSet<AttributeValue>(ScalarOrder.Instance);
        var rest = elements.SkipWhile(distinct.Add).ToList();
        var renewed = distinct.Concat(rest).Select(element => $"\"{Member(element)}\"");
        return type == "BS"
            ? Request(Text(string.Join(", ", sent), "of type BS"), Text(string.Join(',', renewed), "of type BS"))
            : Request(Text(string.Join(", ", sent), ""), Text(string.Join(", ", renewed), ""));

        static string Text(string members, string ofType) =>
            $"{InvalidValues}Input collection [{members}]{ofType} contains duplicates.";

        static string Member(AttributeValue element) => element is BinaryValue binary
            ? Convert.ToBase64String(binary.Value)
            : ((StringValue)element).Value;
    }

    public static AwsException NestedTooDeeply() => Validation("Nesting Levels have exceeded supported limits: "
        + "Attributes in the item have nested levels beyond supported limit");

    public static AwsException EmptyNumber() => Request(
        "The parameter cannot be converted to a numeric value",
        "The parameter cannot be converted to a numeric value: ");

    public static AwsException NotANumber(string text) =>
        Request($"The parameter cannot be converted to a numeric value: {text}");

    public static AwsException NumberOverflow() => Request(
        "Number overflow. Attempting to store a number with magnitude larger than supported range");

    public static AwsException NumberUnderflow() => Request(
        "Number underflow. Attempting to store a number with magnitude smaller than supported range");

    public static AwsException TooManyDigits() =>
        Request("Attempting to store more than 38 significant digits in a Number");

    /// <remarks>The renewed checks do not name the placeholder.</remarks>
    public static AwsException InvalidPlaceholderValue(string name, AwsException cause)
    {
        var message = $"ExpressionAttributeValues contains invalid value: {cause.Message} for key {name}";
        return cause.Note is RequestFault fault ? Request(message, fault.RenewedText) : Validation(message);
    }

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
