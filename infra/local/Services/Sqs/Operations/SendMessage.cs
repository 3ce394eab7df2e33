using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

internal sealed record SendMessageRequest(
    string? QueueUrl, Utf8Text? MessageBody, int? DelaySeconds, string? MessageGroupId,
    Dictionary<string, MessageAttributeValue?>? MessageAttributes,
    Dictionary<string, MessageAttributeValue?>? MessageSystemAttributes) : IMessageToSend;

internal sealed record SendMessageResponse(
    string MessageId, string MD5OfMessageBody, string? MD5OfMessageAttributes, string? MD5OfMessageSystemAttributes);

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
        if (queues.Ask((state, now) => state.Send(key, [draft], SqsErrors.MessageTooLong, now)) is [{ } error])
            throw error;
        return new SendMessageResponse(
            draft.Content.MessageId, draft.Content.BodyMd5, MessageDigest.Of(draft.Content.Attributes),
            MessageDrafts.SystemAttributesMd5(request));
    }
}
