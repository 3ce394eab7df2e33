using System;
using System.Buffers;
using System.IO;
using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;
using Amazon.Util;

namespace Amazon.SQS.Internal;

/// <summary>One operation as the SDK's pipeline wants it: how its request is written and its answer read.</summary>
internal sealed class Operation<TRequest, TResponse> : InvokeOptions
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse
{
    public Operation(string name, Action<Utf8JsonWriter, TRequest> write, Func<JsonElement, TResponse> read)
    {
        RequestMarshaller = new Request(name, write);
        ResponseUnmarshaller = new Answer(read);
    }

    private sealed class Request(string name, Action<Utf8JsonWriter, TRequest> write)
        : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var request = new DefaultRequest(input, "Amazon.SQS") { HttpMethod = "POST", ResourcePath = "/" };
            request.Headers["X-Amz-Target"] = $"AmazonSQS.{name}";
            request.Headers["Content-Type"] = "application/x-amz-json-1.0";
            request.Headers[HeaderKeys.XAmzApiVersion] = "2012-11-05";
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                write(json, (TRequest)input);
                json.WriteEndObject();
            }

            request.Content = buffer.WrittenSpan.ToArray();
            return request;
        }
    }

    private sealed class Answer(Func<JsonElement, TResponse> read) : JsonResponseUnmarshaller
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
        {
            using var body = new MemoryStream();
            input.Stream.CopyTo(body);
            if (body.Length == 0)
            {
                return read(default);
            }

            body.Position = 0;
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }

        public override AmazonServiceException UnmarshallException(
            JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            var reader = new StreamingUtf8JsonReader(input.Stream);
            var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
            var type = error.Code;
            AwsQueryCompatibleErrorHandler.ApplyQueryErrorHeader(error, input.ResponseData);
            var make = type switch
            {
                "QueueDoesNotExist" => (Make)((m, i, t, c, r, s) => new QueueDoesNotExistException(m, i, t, c, r, s)),
                "ReceiptHandleIsInvalid" => (m, i, t, c, r, s) =>
                    new ReceiptHandleIsInvalidException(m, i, t, c, r, s),
                "MessageNotInflight" => (m, i, t, c, r, s) => new MessageNotInflightException(m, i, t, c, r, s),
                "InvalidMessageContents" => (m, i, t, c, r, s) =>
                    new InvalidMessageContentsException(m, i, t, c, r, s),
                "BatchRequestTooLong" => (m, i, t, c, r, s) => new BatchRequestTooLongException(m, i, t, c, r, s),
                "OverLimit" => (m, i, t, c, r, s) => new OverLimitException(m, i, t, c, r, s),
                "RequestThrottled" => (m, i, t, c, r, s) => new RequestThrottledException(m, i, t, c, r, s),
                _ => (m, i, t, c, r, s) => new AmazonSQSException(m, i, t, c, r, s),
            };
            return make(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
        }
    }

    private delegate AmazonSQSException Make(
        string message, Exception inner, ErrorType type, string code, string requestId, HttpStatusCode status);
}
