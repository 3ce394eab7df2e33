using System.Net.Http.Headers;
using System.Text.Json;

namespace Isobar.Probe;

/// <summary>A call of an AWS service that speaks JSON, where the environment says that AWS is.</summary>
internal static class AwsCall
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false });

    /// <returns>The status of the answer; 0 without one.</returns>
    public static int Get(string address)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var answer = Client.Send(request);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <param name="target">Such as <c>AmazonSQS.ReceiveMessage</c>.</param>
    /// <param name="version">Of the protocol, 1.0 or 1.1.</param>
    public static JsonDocument Make(string service, string target, string version, Dictionary<string, object> values)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL"));
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID")}/20260101/us-east-1/"
            + $"{service}/aws4_request, SignedHeaders=host, Signature=0");
        request.Headers.Add("X-Amz-Target", target);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(values));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue($"application/x-amz-json-{version}");
        using var answer = Client.Send(request).EnsureSuccessStatusCode();
        using var body = new MemoryStream();
        answer.Content.ReadAsStream().CopyTo(body);
        return JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body.ToArray());
    }
}
