using System.Globalization;
using System.Text.Json;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns;

/// <summary>Reads the message of a Publish request, or of one entry of PublishBatch.</summary>
/// <remarks>Source: Amazon SNS API Reference, Publish.</remarks>
/// <param name="prefix">What the entry's parameters begin with; empty for Publish.</param>
/// <param name="place">Where errors say that a member is; empty for Publish.</param>
internal sealed class MessageReader(QueryParameters parameters, string prefix = "", string place = "")
{
    private static readonly Dictionary<string, string> NoMessages = [];

    /// <exception cref="AwsException">InvalidParameter, ParameterValueInvalid, ValidationError.</exception>
    public MessageDraft Read()
    {
        if (parameters.Text(prefix + "MessageDeduplicationId") is not null)
        {
            throw SnsErrors.InvalidParameter("MessageDeduplicationId",
                "The request includes MessageDeduplicationId parameter that is not valid for this topic type");
        }

        var message = parameters.Text(prefix + "Message") ?? throw SnsErrors.MemberIsNull(place + "message");
        var subject = parameters.Text(prefix + "Subject");
        var structure = parameters.Text(prefix + "MessageStructure");
        var group = parameters.Text(prefix + "MessageGroupId");
        var attributes = ReadAttributes();
        if (message.Length == 0) throw SnsErrors.InvalidParameter("Empty message");
        if (subject is not null && !IsSubject(subject)) throw SnsErrors.InvalidParameter("Subject");
        if (structure is not (null or "" or "json")) throw SnsErrors.InvalidParameter("MessageStructure");
        var draft = structure == "json"
            ? ReadStructure(message, subject, attributes)
            : new MessageDraft(message, NoMessages, subject, attributes);
        CheckSize(message, attributes);
        if (group is not null && !IsGroup(group)) throw SnsErrors.InvalidParameter("MessageGroupId");
        return draft with { MessageGroupId = group };
    }

    /// <summary>Up to 100 characters without control characters that begin with no space.</summary>
    private static bool IsSubject(string subject) =>
        subject.Length is > 0 and <= SnsLimits.MaxSubjectLength && !subject.Any(char.IsControl)
        && !char.IsWhiteSpace(subject[0]);

    /// <summary>1 to 128 letters, digits and punctuation marks.</summary>
    /// <remarks>Source: Amazon SNS API Reference, Publish, MessageGroupId.</remarks>
    private static bool IsGroup(string group) =>
        group.Length is > 0 and <= SnsLimits.MaxMessageGroupIdLength
        && group.All(character => character is > ' ' and <= '~');

    private static void CheckSize(string message, IReadOnlyDictionary<string, TargetAttribute> attributes)
    {
        if (new MessageDraft(message, NoMessages, null, attributes).Bytes > SnsLimits.MaxMessageBytes)
            throw SnsErrors.MessageTooLong();
    }

    private static MessageDraft ReadStructure(
        string message, string? subject, IReadOnlyDictionary<string, TargetAttribute> attributes)
    {
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(message);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw NoParse();
            foreach (var property in document.RootElement.EnumerateObject())
                if (property.Value.ValueKind == JsonValueKind.String) own[property.Name] = property.Value.GetString()!;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw NoParse();
        }

        return own.Remove("default", out var standard)
            ? new MessageDraft(standard, own, subject, attributes)
            : throw SnsErrors.InvalidParameter("Message Structure - No default entry in JSON message body");
    }

    private static AwsException NoParse() =>
        SnsErrors.InvalidParameter("Message Structure - JSON message body failed to parse");

    private Dictionary<string, TargetAttribute> ReadAttributes()
    {
        var attributes = new Dictionary<string, TargetAttribute>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters.Entries(prefix + "MessageAttributes", "Name", "Value"))
        {
            var dataType = parameters.Text(value + ".DataType");
            var text = parameters.Text(value + ".StringValue");
            var binary = ReadBinary(parameters.Text(value + ".BinaryValue"));
            MessageAttributeRules.CheckName(name);
            if (dataType is null)
            {
                throw SnsErrors.MemberIsNull(string.Create(
                    CultureInfo.InvariantCulture, $"{place}messageAttributes.{name}.member.dataType"));
            }

            attributes.Add(name, MessageAttributeRules.Read(name, dataType, text, binary));
        }

        return attributes;
    }

    private static byte[]? ReadBinary(string? base64)
    {
        try
        {
            return base64 is null ? null : Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            throw new AwsException("InvalidParameterValue", "The request contains a binary value that is no base64.");
        }
    }
}
