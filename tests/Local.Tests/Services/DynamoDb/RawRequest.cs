using System.Net.Http.Headers;

namespace Isobar.Local.Tests.Services.DynamoDb;

/// <summary>A request of the JSON protocol with any body, signed for DynamoDB as far as the host looks at it.</summary>
internal static class RawRequest
{
    public static HttpRequestMessage Of(Uri address, string operation, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 "
            + "Credential=test/20260112/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0");
        return request;
    }
}
