using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Text.Json;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using Amazon.Util;

namespace Amazon.Kinesis.Internal;

/// <summary>PutRecords on the wire. Source: Amazon Kinesis API Reference, PutRecords.</summary>
internal sealed class PutRecordsOperation : InvokeOptions
{
    public PutRecordsOperation()
    {
        RequestMarshaller = new Request();
        ResponseUnmarshaller = new Answer();
    }

    private sealed class Request : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var put = (PutRecordsRequest)input;
            var request = new DefaultRequest(input, "Amazon.Kinesis")
            {
                HttpMethod = "POST",
                ResourcePath = "/",
                Content = Body(put),
            };
            request.Headers[HeaderKeys.ContentTypeHeader] = "application/x-amz-json-1.1";
            request.Headers[HeaderKeys.XAmzApiVersion] = "2013-12-02";
            request.Headers["X-Amz-Target"] = "Kinesis_20131202.PutRecords";
            return request;
        }

        private static byte[] Body(PutRecordsRequest put)
        {
            using var body = new MemoryStream();
            using (var json = new Utf8JsonWriter(body))
            {
                json.WriteStartObject();
                json.WriteStartArray("Records");
                foreach (var record in put.Records ?? [])
                {
                    json.WriteStartObject();
                    json.WriteBase64String("Data", record.Data.ToArray());
                    json.WriteString("PartitionKey", record.PartitionKey);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                if (put.StreamName is not null)
                {
                    json.WriteString("StreamName", put.StreamName);
                }

                json.WriteEndObject();
            }

            return body.ToArray();
        }
    }

    private sealed class Answer : JsonResponseUnmarshaller
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
        {
            using var answer = JsonDocument.Parse(input.Stream);
            var response = new PutRecordsResponse { Records = [] };
            if (answer.RootElement.TryGetProperty("FailedRecordCount", out var failed))
            {
                response.FailedRecordCount = failed.GetInt32();
            }

            foreach (var record in answer.RootElement.GetProperty("Records").EnumerateArray())
            {
                response.Records.Add(new PutRecordsResultEntry
                {
                    ErrorCode = Text(record, "ErrorCode"),
                    ErrorMessage = Text(record, "ErrorMessage"),
                    SequenceNumber = Text(record, "SequenceNumber"),
                    ShardId = Text(record, "ShardId"),
                });
            }

            return response;
        }

        public override AmazonServiceException UnmarshallException(
            JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            var reader = new StreamingUtf8JsonReader(input.Stream);
            var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
            return new AmazonKinesisException(
                error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
        }

        private static string Text(JsonElement record, string name) =>
            record.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
