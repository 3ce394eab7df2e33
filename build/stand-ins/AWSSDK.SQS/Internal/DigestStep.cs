using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Internal;

/// <summary>Compares the MD5 digests of an answer with what was sent or received, as the real client does.</summary>
/// <remarks>Source: Amazon SQS Developer Guide, calculating the MD5 message digest for message attributes.</remarks>
internal sealed class DigestStep : PipelineHandler
{
    private const byte StringKind = 1;
    private const byte BinaryKind = 2;

    public override void InvokeSync(IExecutionContext executionContext)
    {
        base.InvokeSync(executionContext);
        Check(executionContext);
    }

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var response = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
        Check(executionContext);
        return response;
    }

    private static void Check(IExecutionContext context)
    {
        switch (context.RequestContext.OriginalRequest, context.ResponseContext.Response)
        {
            case (SendMessageRequest sent, SendMessageResponse answer):
                Compare(sent.MessageBody, answer.MD5OfMessageBody, answer.MessageId);
                Compare(sent.MessageAttributes, answer.MD5OfMessageAttributes, answer.MessageId);
                break;
            case (SendMessageBatchRequest batch, SendMessageBatchResponse answer):
                foreach (var taken in answer.Successful ?? [])
                {
                    var sent = batch.Entries.First(e => e.Id == taken.Id);
                    Compare(sent.MessageBody, taken.MD5OfMessageBody, taken.MessageId);
                    Compare(sent.MessageAttributes, taken.MD5OfMessageAttributes, taken.MessageId);
                }

                break;
            case (_, ReceiveMessageResponse answer):
                foreach (var message in answer.Messages ?? [])
                {
                    Compare(message.Body, message.MD5OfBody, message.MessageId);
                    Compare(message.MessageAttributes, message.MD5OfMessageAttributes, message.MessageId);
                }

                break;
        }
    }

    private static void Compare(string body, string digest, string messageId)
    {
        if (!string.IsNullOrEmpty(body)
            && !string.IsNullOrEmpty(digest)
            && !Matches(Encoding.UTF8.GetBytes(body), digest))
        {
            throw new AmazonSQSException($"MD5 hash mismatch for message id {messageId}");
        }
    }

    private static void Compare(
        Dictionary<string, MessageAttributeValue> attributes, string digest, string messageId)
    {
        if (attributes is { Count: > 0 } && !string.IsNullOrEmpty(digest) && !Matches(Encode(attributes), digest))
        {
            throw new AmazonSQSException($"Attribute MD5 hash mismatch for message id {messageId}");
        }
    }

    private static bool Matches(byte[] bytes, string digest) =>
        string.Equals(Convert.ToHexString(MD5.HashData(bytes)), digest, StringComparison.OrdinalIgnoreCase);

    private static byte[] Encode(Dictionary<string, MessageAttributeValue> attributes)
    {
        using var output = new MemoryStream();
        foreach (var (name, value) in attributes.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            Write(output, Encoding.UTF8.GetBytes(name));
            Write(output, Encoding.UTF8.GetBytes(value.DataType));
            if (value.StringValue is not null)
            {
                output.WriteByte(StringKind);
                Write(output, Encoding.UTF8.GetBytes(value.StringValue));
            }
            else if (value.BinaryValue is not null)
            {
                output.WriteByte(BinaryKind);
                Write(output, value.BinaryValue.ToArray());
            }
        }

        return output.ToArray();
    }

    private static void Write(MemoryStream output, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        output.Write(length);
        output.Write(bytes);
    }
}
