using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs;

/// <summary>What SendMessage and an entry of SendMessageBatch have in common.</summary>
internal interface IMessageToSend
{
    Utf8Text? MessageBody { get; }

    int? DelaySeconds { get; }

    string? MessageGroupId { get; }

    string? MessageDeduplicationId { get; }

    Dictionary<string, MessageAttributeValue?>? MessageAttributes { get; }

    Dictionary<string, MessageAttributeValue?>? MessageSystemAttributes { get; }
}

/// <summary>Makes checked messages of requests.</summary>
internal static class MessageDrafts
{
    private const string TraceHeader = "AWSTraceHeader";
    private static readonly Dictionary<string, MessageAttributeValue> NoAttributes = [];

    /// <summary>Checks everything about a message that its queue need not be asked for.</summary>
    /// <exception cref="AwsException">MissingParameter, InvalidMessageContents, InvalidParameterValue.</exception>
    public static MessageDraft Make(IMessageToSend message, CallScope scope, Guid id)
    {
        if (message.MessageBody is not { Bytes.IsEmpty: false } body) throw SqsErrors.MissingParameter("MessageBody");
        if (!body.IsAllowed) throw SqsErrors.InvalidMessageContents();
        if (message.MessageAttributes is { } given) MessageAttributeRules.Check(given);
        var attributes =
            message.MessageAttributes?.ToDictionary(entry => entry.Key, entry => entry.Value!) ?? NoAttributes;
        CheckSystemAttributes(message.MessageSystemAttributes);
        Parameters.CheckId("MessageGroupId", message.MessageGroupId);
        Parameters.CheckId("MessageDeduplicationId", message.MessageDeduplicationId);
        var trace = message.MessageSystemAttributes?.GetValueOrDefault(TraceHeader)?.StringValue;
        return new MessageDraft(
            new MessageContent(
                id.ToString(), body.Bytes, MessageDigest.Of(body.Bytes.Span), attributes, scope.AccountId,
                trace is { } text ? Encoding.UTF8.GetString(text.Bytes.Span) : scope.TraceHeader, SizeOf(message))
            {
                MessageGroupId = message.MessageGroupId,
                MessageDeduplicationId = message.MessageDeduplicationId,
            },
            Delay(message.DelaySeconds));
    }

    /// <summary>A message that a service sends.</summary>
    /// <param name="body">The payload of the event, in memory that stays as it is.</param>
    /// <exception cref="AwsException">MissingParameter, InvalidMessageContents, InvalidParameterValue.</exception>
    public static MessageDraft Make(
        ReadOnlyMemory<byte> body, TargetEvent happened, string senderId, Guid id)
    {
        if (body.IsEmpty) throw SqsErrors.MissingParameter("MessageBody");
        if (!new Utf8Text(body).IsAllowed) throw SqsErrors.InvalidMessageContents();
        var attributes = happened.Attributes.ToDictionary(entry => entry.Key, entry => Attribute(entry.Value));
        MessageAttributeRules.Check(attributes!);
        return new MessageDraft(
            new MessageContent(id.ToString(), body, MessageDigest.Of(body.Span), attributes, senderId,
                happened.TraceHeader, SizeOf(new Utf8Text(body), attributes!))
            {
                MessageGroupId = happened.MessageGroupId,
            },
            null);
    }

    /// <summary>Body and attributes in bytes, as the size limits count them; zero for what is missing.</summary>
    public static int SizeOf(IMessageToSend? message) =>
        SizeOf(message?.MessageBody ?? default, message?.MessageAttributes);

    /// <summary>The digest of the system attributes of a message that was accepted.</summary>
    public static string? SystemAttributesMd5(IMessageToSend message) =>
        message.MessageSystemAttributes is { } attributes
            ? MessageDigest.Of(attributes.ToDictionary(entry => entry.Key, entry => entry.Value!))
            : null;

    private static int SizeOf(Utf8Text body, IEnumerable<KeyValuePair<string, MessageAttributeValue?>>? attributes) =>
        body.Bytes.Length
        + (attributes ?? []).Sum(entry => Encoding.UTF8.GetByteCount(entry.Key) + (entry.Value?.Bytes ?? 0));

    private static MessageAttributeValue Attribute(TargetAttribute given) =>
        given.DataType.StartsWith("Binary", StringComparison.Ordinal)
            ? new MessageAttributeValue(given.DataType, BinaryValue: given.Value.ToArray())
            : new MessageAttributeValue(given.DataType, new Utf8Text(given.Value));

    private static void CheckSystemAttributes(Dictionary<string, MessageAttributeValue?>? attributes)
    {
        foreach (var (name, value) in attributes ?? [])
        {
            if (name != TraceHeader)
                throw SqsErrors.InvalidParameter($"Message system attribute name '{name}' is invalid.");
            MessageAttributeRules.Check(name, value);
            if (value is not { DataType: "String" })
                throw SqsErrors.InvalidParameter($"Message system attribute '{name}' must be of type 'String'.");
        }
    }

    private static TimeSpan? Delay(int? seconds) => seconds switch
    {
        null => null,
        < 0 or > 900 => throw SqsErrors.InvalidParameter(
            "DelaySeconds", seconds, "DelaySeconds must be >= 0 and <= 900."),
        _ => TimeSpan.FromSeconds(seconds.Value),
    };
}
