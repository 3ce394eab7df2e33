using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Amazon.SQS.Model;

namespace Amazon.SQS.Internal;

/// <summary>How each operation looks on the wire. Source: Amazon SQS API Reference, AWS JSON protocol.</summary>
internal static class Operations
{
    public static readonly Operation<SendMessageRequest, SendMessageResponse> SendMessage = new(
        "SendMessage",
        (json, r) =>
        {
            json.Set("QueueUrl", r.QueueUrl);
            json.Set("MessageBody", r.MessageBody);
            json.Set("DelaySeconds", r.DelaySeconds);
            json.Set("MessageDeduplicationId", r.MessageDeduplicationId);
            json.Set("MessageGroupId", r.MessageGroupId);
            json.Set("MessageAttributes", r.MessageAttributes);
            json.Set("MessageSystemAttributes", r.MessageSystemAttributes);
        },
        e => new()
        {
            MD5OfMessageAttributes = e.Text("MD5OfMessageAttributes"),
            MD5OfMessageBody = e.Text("MD5OfMessageBody"),
            MD5OfMessageSystemAttributes = e.Text("MD5OfMessageSystemAttributes"),
            MessageId = e.Text("MessageId"),
            SequenceNumber = e.Text("SequenceNumber"),
        });

    public static readonly Operation<SendMessageBatchRequest, SendMessageBatchResponse> SendMessageBatch = new(
        "SendMessageBatch",
        (json, r) =>
        {
            json.Set("QueueUrl", r.QueueUrl);
            json.WriteStartArray("Entries");
            foreach (var entry in r.Entries ?? [])
            {
                WriteEntry(json, entry);
            }

            json.WriteEndArray();
        },
        e => new()
        {
            Successful = e.List("Successful", ReadSent),
            Failed = e.List("Failed", ReadRefused),
        });

    public static readonly Operation<ReceiveMessageRequest, ReceiveMessageResponse> ReceiveMessage = new(
        "ReceiveMessage",
        (json, r) =>
        {
            json.Set("QueueUrl", r.QueueUrl);
            json.Set("MaxNumberOfMessages", r.MaxNumberOfMessages);
            json.Set("MessageAttributeNames", r.MessageAttributeNames);
            json.Set("MessageSystemAttributeNames", r.MessageSystemAttributeNames);
            json.Set("ReceiveRequestAttemptId", r.ReceiveRequestAttemptId);
            json.Set("VisibilityTimeout", r.VisibilityTimeout);
            json.Set("WaitTimeSeconds", r.WaitTimeSeconds);
        },
        e => new() { Messages = e.List("Messages", ReadMessage) });

    public static readonly Operation<DeleteMessageRequest, DeleteMessageResponse> DeleteMessage = new(
        "DeleteMessage",
        (json, r) =>
        {
            json.Set("QueueUrl", r.QueueUrl);
            json.Set("ReceiptHandle", r.ReceiptHandle);
        },
        _ => new());

    public static readonly Operation<GetQueueUrlRequest, GetQueueUrlResponse> GetQueueUrl = new(
        "GetQueueUrl",
        (json, r) =>
        {
            json.Set("QueueName", r.QueueName);
            json.Set("QueueOwnerAWSAccountId", r.QueueOwnerAWSAccountId);
        },
        e => new() { QueueUrl = e.Text("QueueUrl") });

    public static readonly Operation<GetQueueAttributesRequest, GetQueueAttributesResponse> GetQueueAttributes = new(
        "GetQueueAttributes",
        (json, r) =>
        {
            json.Set("QueueUrl", r.QueueUrl);
            json.Set("AttributeNames", r.AttributeNames);
        },
        e => new() { Attributes = e.Texts("Attributes") });

    public static readonly Operation<ChangeMessageVisibilityRequest, ChangeMessageVisibilityResponse>
        ChangeMessageVisibility = new(
            "ChangeMessageVisibility",
            (json, r) =>
            {
                json.Set("QueueUrl", r.QueueUrl);
                json.Set("ReceiptHandle", r.ReceiptHandle);
                json.Set("VisibilityTimeout", r.VisibilityTimeout);
            },
            _ => new());

    private static void WriteEntry(Utf8JsonWriter json, SendMessageBatchRequestEntry entry)
    {
        json.WriteStartObject();
        json.Set("Id", entry.Id);
        json.Set("MessageBody", entry.MessageBody);
        json.Set("DelaySeconds", entry.DelaySeconds);
        json.Set("MessageDeduplicationId", entry.MessageDeduplicationId);
        json.Set("MessageGroupId", entry.MessageGroupId);
        json.Set("MessageAttributes", entry.MessageAttributes);
        json.Set("MessageSystemAttributes", entry.MessageSystemAttributes);
        json.WriteEndObject();
    }

    private static SendMessageBatchResultEntry ReadSent(JsonElement e) => new()
    {
        Id = e.Text("Id"),
        MD5OfMessageAttributes = e.Text("MD5OfMessageAttributes"),
        MD5OfMessageBody = e.Text("MD5OfMessageBody"),
        MD5OfMessageSystemAttributes = e.Text("MD5OfMessageSystemAttributes"),
        MessageId = e.Text("MessageId"),
        SequenceNumber = e.Text("SequenceNumber"),
    };

    private static BatchResultErrorEntry ReadRefused(JsonElement e) => new()
    {
        Code = e.Text("Code"),
        Id = e.Text("Id"),
        Message = e.Text("Message"),
        SenderFault = e.TryGetProperty("SenderFault", out var fault) ? fault.GetBoolean() : null,
    };

    private static Message ReadMessage(JsonElement e) => new()
    {
        Attributes = e.Texts("Attributes"),
        Body = e.Text("Body"),
        MD5OfBody = e.Text("MD5OfBody"),
        MD5OfMessageAttributes = e.Text("MD5OfMessageAttributes"),
        MessageAttributes = e.Map("MessageAttributes", ReadAttribute),
        MessageId = e.Text("MessageId"),
        ReceiptHandle = e.Text("ReceiptHandle"),
    };

    private static MessageAttributeValue ReadAttribute(JsonElement e) => new()
    {
        DataType = e.Text("DataType"),
        StringValue = e.Text("StringValue"),
        BinaryValue = e.TryGetProperty("BinaryValue", out var bytes)
            ? new MemoryStream(bytes.GetBytesFromBase64())
            : null,
    };
}
