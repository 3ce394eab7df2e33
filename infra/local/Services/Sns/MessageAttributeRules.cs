using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Isobar.Local.Services.Sns;

/// <summary>What SNS asks of message attributes; the texts are AWS's answers.</summary>
/// <remarks>Source: Amazon SNS Developer Guide, "Amazon SNS message attributes".</remarks>
internal static partial class MessageAttributeRules
{
    /// <exception cref="Wire.AwsException">ParameterValueInvalid.</exception>
    public static void CheckName(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > SnsLimits.MaxAttributeNameBytes)
            throw SnsErrors.BadAttribute("Length of message attribute name must be less than 256 bytes.");
        foreach (var character in name.EnumerateRunes())
        {
            if (char.IsAsciiLetterOrDigit((char)Math.Min(character.Value, char.MaxValue))
                || character.Value is '-' or '_' or '.') continue;
            throw SnsErrors.BadAttribute(
                $"Invalid non-alphanumeric character '#x{character.Value:X}' was found in the message "
                + "attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.");
        }

        if (name.StartsWith('.'))
            throw SnsErrors.BadAttribute("Invalid message attribute name starting with character '.' was found.");
        if (name.EndsWith('.'))
            throw SnsErrors.BadAttribute("Invalid message attribute name ending with character '.' was found.");
        if (name.Contains("..", StringComparison.Ordinal))
            throw SnsErrors.BadAttribute("Message attribute name can not have successive '.' character.");
    }

    /// <summary>Makes an attribute of what a request holds.</summary>
    /// <exception cref="Wire.AwsException">ParameterValueInvalid, InvalidParameterValue.</exception>
    public static TargetAttribute Read(string name, string dataType, string? text, byte[]? binary)
    {
        if (!TypePattern().IsMatch(dataType))
        {
            throw SnsErrors.BadAttribute(
                name, "has an invalid message attribute type, the set of supported type prefixes is "
                + "Binary, Number, and String.");
        }

        var isBinary = dataType.StartsWith("Binary", StringComparison.Ordinal);
        if (isBinary ? text is { Length: > 0 } : binary is { Length: > 0 })
            throw SnsErrors.BadAttribute(
                name, $"with type '{dataType}' must use field '{(isBinary ? "Binary" : "String")}'.");
        var value = isBinary ? binary ?? [] : Encoding.UTF8.GetBytes(text ?? "");
        if (value.Length == 0)
        {
            throw SnsErrors.BadAttribute(name,
                $"must contain non-empty message attribute value for message attribute type '{dataType}'.");
        }

        if (dataType.StartsWith("Number", StringComparison.Ordinal) && !NumberPattern().IsMatch(text!))
            throw new Wire.AwsException(
                "InvalidParameterValue", $"Could not cast message attribute '{name}' value to number.");
        return new TargetAttribute(dataType, value);
    }

    /// <summary>The value of a number attribute, as near as a double comes.</summary>
    /// <remarks>Up to four digits of exponent are allowed, but JSON has no infinity.</remarks>
    public static double NumberOf(ReadOnlySpan<byte> value) => Math.Clamp(
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0,
        double.MinValue, double.MaxValue);

    [GeneratedRegex(@"^(String|Number|Binary)(\.[A-Za-z0-9_\-. ]{1,240})?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"^[+\-]?(?=\.?[0-9])[0-9]*(\.[0-9]*)?([eE][+\-]?[0-9]{1,4})?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NumberPattern();
}
