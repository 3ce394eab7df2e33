using System;
using System.Globalization;
using System.IO;
using System.Net;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using Amazon.Util;

namespace Amazon.Lambda.Internal;

/// <summary>Invoke on the wire. Source: AWS Lambda API Reference, Invoke.</summary>
internal sealed class InvokeOperation : InvokeOptions
{
    public InvokeOperation()
    {
        RequestMarshaller = new Request();
        ResponseUnmarshaller = new Answer();
    }

    private sealed class Request : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var invoke = (InvokeRequest)input;
            if (invoke.FunctionName is null)
            {
                throw new AmazonLambdaException("Request object does not have required field FunctionName set");
            }

            var request = new DefaultRequest(input, "Amazon.Lambda")
            {
                HttpMethod = "POST",
                ResourcePath = "/2015-03-31/functions/{FunctionName}/invocations",
                ContentStream = invoke.PayloadStream ?? new MemoryStream(),
                UseQueryString = true,
            };
            request.AddPathResource("{FunctionName}", invoke.FunctionName);
            request.Headers[HeaderKeys.XAmzApiVersion] = "2015-03-31";
            request.Headers[HeaderKeys.ContentLengthHeader] =
                request.ContentStream.Length.ToString(CultureInfo.InvariantCulture);
            if (request.ContentStream.Length > 0)
            {
                request.Headers[HeaderKeys.ContentTypeHeader] = "binary/octet-stream";
            }

            if (invoke.InvocationType is not null)
            {
                request.Headers["X-Amz-Invocation-Type"] = invoke.InvocationType.Value;
            }

            return request;
        }
    }

    private sealed class Answer : JsonResponseUnmarshaller
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) => new InvokeResponse();

        public override AmazonServiceException UnmarshallException(
            JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            var reader = new StreamingUtf8JsonReader(input.Stream);
            var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
            return new AmazonLambdaException(
                error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
        }
    }
}
