using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Lambda.EventSources.Streams;

/// <summary>Requests to Kinesis beside Lambda.</summary>
internal static class KinesisCalls
{
    /// <summary>Sends a request that must succeed.</summary>
    public static async Task<JsonNode> AskKinesisAsync(this LambdaOnPortZero lambda, string operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, lambda.Address)
        {
            Content = new StringContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"Kinesis_20131202.{operation}");
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 "
            + "Credential=test/20260112/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await lambda.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>Puts a record whose data is a text.</summary>
    public static Task<JsonNode> PutRecordAsync(
        this LambdaOnPortZero lambda, string text, string key = "k", string stream = "readings") =>
        lambda.AskKinesisAsync("PutRecord", new JsonObject
        {
            ["StreamName"] = stream,
            ["PartitionKey"] = key,
            ["Data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        }.ToJsonString());

    /// <summary>The data of an event's records, as texts.</summary>
    public static IEnumerable<string> Texts(JsonNode happened) => happened["Records"]!.AsArray().Select(record =>
        Encoding.UTF8.GetString(Convert.FromBase64String((string)record!["kinesis"]!["data"]!)));
}
