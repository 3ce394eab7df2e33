using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Isobar.Stories;

/// <summary>
/// Calls of services whose real SDK is not among the packages, made by hand and signed by the SDK's own signer.
/// </summary>
internal sealed class AwsCalls(AwsPlace place) : IDisposable
{
    private readonly HttpClient client = new();

    /// <summary>A header that names its credential scope and carries no true signature.</summary>
    public string Authorization(string service) =>
        $"AWS4-HMAC-SHA256 Credential=stories/20260101/{place.Region}/{service}/aws4_request, "
        + $"SignedHeaders=host, Signature={new string('0', 64)}";

    /// <summary>A call in the Query protocol.</summary>
    /// <returns>The response's root element.</returns>
    public async Task<XElement> QueryAsync(
        string service, string action, params (string Name, string Value)[] parameters)
    {
        var form = parameters.Append(("Action", action)).Append(("Version", "2010-05-15"))
            .Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2));
        var answer = await SendAsync(service, HttpMethod.Post, "/", new FormUrlEncodedContent(form));
        return XElement.Parse(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A call of SQS in the JSON protocol.</summary>
    public Task<JsonNode> SqsAsync(string action, JsonObject request) =>
        JsonAsync("sqs", $"AmazonSQS.{action}", "1.0", request);

    /// <summary>A call of DynamoDB.</summary>
    public Task<JsonNode> DynamoDbAsync(string action, JsonObject request) =>
        JsonAsync("dynamodb", $"DynamoDB_20120810.{action}", "1.0", request);

    /// <summary>A call of DynamoDB Streams.</summary>
    public Task<JsonNode> StreamsAsync(string action, JsonObject request) =>
        JsonAsync("dynamodb", $"DynamoDBStreams_20120810.{action}", "1.0", request);

    /// <summary>A call of Kinesis Data Streams.</summary>
    public Task<JsonNode> KinesisAsync(string action, JsonObject request) =>
        JsonAsync("kinesis", $"Kinesis_20131202.{action}", "1.1", request);

    /// <summary>A call of AWS Systems Manager.</summary>
    public Task<JsonNode> SsmAsync(string action, JsonObject request) =>
        JsonAsync("ssm", $"AmazonSSM.{action}", "1.1", request);

    /// <summary>A call of CloudWatch Logs.</summary>
    public Task<JsonNode> LogsAsync(string action, JsonObject request) =>
        JsonAsync("logs", $"Logs_20140328.{action}", "1.1", request);

    /// <summary>A call of EventBridge.</summary>
    public Task<JsonNode> EventsAsync(string action, JsonObject request) =>
        JsonAsync("events", $"AWSEvents.{action}", "1.1", request);

    /// <summary>A call of CodeDeploy.</summary>
    public Task<JsonNode> DeployAsync(string action, JsonObject request) =>
        JsonAsync("codedeploy", $"CodeDeploy_20141006.{action}", "1.1", request);

    /// <summary>A call of Application Auto Scaling.</summary>
    public Task<JsonNode> ScaleAsync(string action, JsonObject request) =>
        JsonAsync("application-autoscaling", $"AnyScaleFrontendService.{action}", "1.1", request);

    /// <summary>A call of CloudWatch.</summary>
    public Task<JsonNode> CloudWatchAsync(string action, JsonObject request) =>
        JsonAsync("monitoring", $"GraniteServiceVersion20100801.{action}", "1.0", request);

    /// <summary>A call of Application Auto Scaling.</summary>
    public Task<JsonNode> ScalingAsync(string action, JsonObject request) =>
        JsonAsync("application-autoscaling", $"AnyScaleFrontendService.{action}", "1.1", request);

    /// <summary>Invokes a function.</summary>
    /// <param name="type">RequestResponse or Event.</param>
    /// <param name="query">With its question mark: <c>?Qualifier=live</c>.</param>
    /// <returns>The response, for its headers; its body is the payload.</returns>
    public Task<HttpResponseMessage> InvokeAsync(string function, string payload, string type, string query = "") =>
        SendAsync(
            "lambda", HttpMethod.Post, $"/2015-03-31/functions/{function}/invocations{query}",
            new StringContent(payload), ("X-Amz-Invocation-Type", type));

    /// <summary>A call of Lambda's control plane.</summary>
    public async Task<JsonNode> LambdaAsync(HttpMethod method, string path, JsonObject? request = null)
    {
        var answer = await SendAsync("lambda", method, path, new StringContent(request?.ToJsonString() ?? ""));
        var body = await answer.Content.ReadAsStringAsync();
        return body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!;
    }

    /// <summary>A call of Lambda that may be refused.</summary>
    public Task<HttpResponseMessage> TryLambdaAsync(HttpMethod method, string path, string body) =>
        RequestAsync("lambda", method, path, new StringContent(body));

    public void Dispose() => client.Dispose();

    private async Task<JsonNode> JsonAsync(string service, string target, string version, JsonObject request)
    {
        var content = new StringContent(request.ToJsonString(), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue($"application/x-amz-json-{version}");
        var answer = await SendAsync(service, HttpMethod.Post, "/", content, ("X-Amz-Target", target));
        var body = await answer.Content.ReadAsStringAsync();
        return body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!;
    }

    private async Task<HttpResponseMessage> SendAsync(
        string service, HttpMethod method, string path, HttpContent content,
        params (string Name, string Value)[] headers)
    {
        var answer = await RequestAsync(service, method, path, content, headers);
        Assert.True(
            answer.IsSuccessStatusCode,
            $"{service}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return answer;
    }

    private async Task<HttpResponseMessage> RequestAsync(
        string service, HttpMethod method, string path, HttpContent content,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(place.Of(service), path)) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        await Signature.AddAsync(request, service, place);
        return await client.SendAsync(request);
    }
}
