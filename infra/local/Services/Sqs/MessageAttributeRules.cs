using System.Globalization;
using System.Text.RegularExpressions;

namespace Isobar.Local.Services.Sqs;

/// <summary>What SQS asks of message attributes.</summary>
/// <remarks>Source: Amazon SQS Developer Guide, "Amazon SQS message metadata"; the texts are AWS's answers where known.
/// </remarks>
internal static partial class MessageAttributeRules
{
    /// <exception cref="Wire.AwsException">InvalidParameterValue; UnsupportedOperation for list values.</exception>
    public static void Check(IReadOnlyDictionary<string, MessageAttributeValue?> attributes)
    {
        if (attributes.Count > SqsLimits.MaxMessageAttributes)
            throw SqsErrors.InvalidParameter(
                $"Number of message attributes [{attributes.Count}] exceeds the allowed maximum "
                + $"[{SqsLimits.MaxMessageAttributes}].");
        foreach (var (name, value) in attributes)
        {
            CheckName(name);
            Check(name, value);
        }
    }

    /// <summary>Checks type and value of one attribute.</summary>
    public static void Check(string name, MessageAttributeValue? value)
    {
        if (string.IsNullOrEmpty(value?.DataType))
            throw Bad(name, "must contain a non-empty attribute type.");
        if (value.DataType.Length > SqsLimits.MaxAttributeNameLength
            || value.DataType.Split('.', 2)[0] is not ("String" or "Number" or "Binary"))
            throw Bad(name, "has an invalid message attribute type, the set of supported type prefixes is "
                + "Binary, Number, and String.");
        if (value.StringListValues is { Length: > 0 } || value.BinaryListValues is { Length: > 0 })
            throw SqsErrors.UnsupportedOperation(
                "Message attribute lists in SendMessage operations are not supported.");
        if (value.IsBinary ? value.StringValue is not null : value.BinaryValue is not null)
            throw Bad(name, $"has a value that is not of type '{value.DataType}'.");
        if (value.Value.IsEmpty) throw Bad(name, $"must contain a non-empty value of type '{value.DataType}'.");
        if (value.StringValue is { IsAllowed: false }) throw SqsErrors.InvalidMessageContents();
        if (value.DataType.StartsWith("Number", StringComparison.Ordinal) && !IsNumber(value.Value))
            throw SqsErrors.InvalidParameter($"Can't cast the value of message (user) attribute '{name}' to a number.");
    }

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > SqsLimits.MaxAttributeNameLength
            || !NamePattern().IsMatch(name)
            || name.StartsWith("aws.", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("amazon.", StringComparison.OrdinalIgnoreCase))
            throw SqsErrors.InvalidParameter(
                $"The message attribute name '{name}' is invalid. Attribute name can contain "
                + "A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.); it can be up to 256 characters long, "
                + "must not start or end with a period or hold two in a row, and must not start with AWS. or Amazon.");
    }

    // Up to 38 digits, between -10^128 and 10^126: wider than any .NET number with that precision, so counted by hand.
    private static bool IsNumber(ReadOnlySpan<byte> value) =>
        NumberPattern().Match(System.Text.Encoding.UTF8.GetString(value)) is { Success: true } match
        && (match.Groups["whole"].Value + match.Groups["part"].Value).TrimStart('0').TrimEnd('0').Length <= 38
        && double.Parse(match.Value, CultureInfo.InvariantCulture) is >= -1e128 and <= 1e126;

    private static Wire.AwsException Bad(string name, string fault) =>
        SqsErrors.InvalidParameter($"Message (user) attribute '{name}' {fault}");

    [GeneratedRegex(@"^[A-Za-z0-9_\-]+(\.[A-Za-z0-9_\-]+)*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[+\-]?(?=\.?[0-9])(?<whole>[0-9]*)(\.(?<part>[0-9]*))?([eE][+\-]?[0-9]{1,4})?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NumberPattern();
}
