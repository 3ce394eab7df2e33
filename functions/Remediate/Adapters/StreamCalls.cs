using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Isobar.Remediate;

/// <summary>
/// Calls DynamoDB Streams, whose client is in no package that the functions have. The SDK's own signer signs.
/// </summary>
/// <param name="address">Of the service.</param>
/// <param name="settings">Any client's, which the signer wants.</param>
/// <remarks>Source: Amazon DynamoDB Streams API Reference, protocol awsJson 1.0.</remarks>
public sealed class StreamCalls(
    HttpClient http, Uri address, string region, AWSCredentials credentials, ClientConfig settings)
{
    private const string Service = "dynamodb";

    /// <param name="action">Such as <c>GetRecords</c>.</param>
    /// <exception cref="AmazonServiceException">It is refused; the code says why.</exception>
    public async Task<JsonNode> CallAsync(string action, JsonObject body, CancellationToken cancellationToken)
    {
        var content = Encoding.UTF8.GetBytes(body.ToJsonString());
        var type = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        var signed = new DefaultRequest(new StreamRequest(), Service)
        {
            HttpMethod = "POST", Endpoint = address, ResourcePath = "/", Content = content,
            DeterminedSigningRegion = region, OverrideSigningServiceName = Service,
        };
        signed.Headers["Content-Type"] = type.ToString();
        signed.Headers["X-Amz-Target"] = $"DynamoDBStreams_20120810.{action}";
        new AWS4Signer().Sign(signed, settings, null, credentials);

        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(content) { Headers = { ContentType = type } },
        };
        foreach (var (name, value) in signed.Headers)
            if (name is not ("Content-Type" or "Host" or "host"))
                request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request, cancellationToken);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
        if (answer.IsSuccessStatusCode) return json;
        var code = ((string?)json["__type"] ?? "").Split('#')[^1];
        throw new AmazonServiceException($"{action}: {code} {(string?)json["message"]}")
        {
            ErrorCode = code, StatusCode = answer.StatusCode,
        };
    }

    private sealed class StreamRequest : AmazonWebServiceRequest;
}
