using System.Net.Http.Headers;
using System.Text.Json;

namespace Isobar.Probe;

/// <summary>
/// A queue, named by the variable <c>GATE</c>, at which the Probe waits for a message: so a test holds it back and lets
/// it go on. Each message lets one through.
/// </summary>
internal static class Gate
{
    private const string Signed =
        "AWS4-HMAC-SHA256 Credential=probe/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0";

    public static void Pass()
    {
        var queue = Environment.GetEnvironmentVariable("GATE")!;
        using var sqs = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        while (true)
        {
            using var received = Call(sqs, "ReceiveMessage", new() { ["QueueUrl"] = queue, ["WaitTimeSeconds"] = 20 });
            if (!received.RootElement.TryGetProperty("Messages", out var messages)) continue;
            var handle = messages[0].GetProperty("ReceiptHandle").GetString()!;
            Call(sqs, "DeleteMessage", new() { ["QueueUrl"] = queue, ["ReceiptHandle"] = handle }).Dispose();
            return;
        }
    }

    private static JsonDocument Call(HttpClient sqs, string action, Dictionary<string, object> values)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL"));
        request.Headers.TryAddWithoutValidation("Authorization", Signed);
        request.Headers.Add("X-Amz-Target", $"AmazonSQS.{action}");
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(values));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        using var answer = sqs.Send(request).EnsureSuccessStatusCode();
        using var body = new MemoryStream();
        answer.Content.ReadAsStream().CopyTo(body);
        return JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body.ToArray());
    }
}
