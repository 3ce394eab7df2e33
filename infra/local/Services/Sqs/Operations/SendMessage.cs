using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

internal sealed record SendMessageRequest(
    string? QueueUrl, Utf8Text? MessageBody, int? DelaySeconds, string? MessageGroupId,
    string? MessageDeduplicationId,
    Dictionary<string, MessageAttributeValue?>? MessageAttributes,
    Dictionary<string, MessageAttributeValue?>? MessageSystemAttributes) : IMessageToSend;

internal sealed record SendMessageResponse(
    string MessageId, string MD5OfMessageBody, string? MD5OfMessageAttributes, string? MD5OfMessageSystemAttributes,
    string? SequenceNumber);

/// <summary>Puts a message into a queue.</summary>
/// <remarks>Source: Amazon SQS API Reference, SendMessage.</remarks>
internal static class SendMessage
{
    /// <exception cref="AwsException">QueueDoesNotExist, MissingParameter, InvalidMessageContents,
    /// InvalidParameterValue, OverLimit (the host's memory).</exception>
    public static SendMessageResponse Handle(
        Monitor<SqsState> queues, Identifiers identifiers, SendMessageRequest request, CallScope scope)
    {
        var key = QueueKey.FromUrl(request.QueueUrl, scope);
        var draft = Parameters.Check(
            queues, key, () => MessageDrafts.Make(request, scope, identifiers.NewGuid()));
        var outcome = queues.Ask((state, now) => state.Send(key, [draft], SendErrors.OfMessage, now)).Single();
        if (outcome.Error is { } error) throw error;
        return new SendMessageResponse(
            outcome.MessageId, draft.Content.BodyMd5, MessageDigest.Of(draft.Content.Attributes),
            MessageDrafts.SystemAttributesMd5(request), outcome.SequenceNumber);
    }
}
