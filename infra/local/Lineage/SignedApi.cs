using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Isobar.Local.Lineage;

/// <summary>
/// A service whose SDK client this program does without. Its requests are signed by the SDK's own signer, and go where
/// the environment leads the SDK's clients: AWS_ENDPOINT_URL, one for the service, or the Region's own address.
/// </summary>
internal sealed class SignedApi : IDisposable
{
    /// <summary>Tries of a call that is throttled or meets a failure of the service.</summary>
    private const int Tries = 5;

    private const string EndpointVariable = "AWS_ENDPOINT_URL";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient client = new() { Timeout = Bound };
    private readonly string signingName;
    private readonly ClientConfig configuration;
    private readonly AWSCredentials credentials;
    private readonly TimeProvider clock;

    /// <param name="signingName">Of the service, which is also the first label of its address: <c>logs</c>.</param>
    /// <param name="serviceId">As AWS's SDKs know it, for AWS_ENDPOINT_URL_…: <c>CloudWatch Logs</c>.</param>
    /// <exception cref="AmazonClientException">There are no credentials, or no Region.</exception>
    public SignedApi(string signingName, string serviceId, TimeProvider clock)
    {
        (this.signingName, this.clock) = (signingName, clock);
        // The signer reads nothing of it that is not the same for every service.
        configuration = new AmazonDynamoDBConfig();
        credentials = DefaultAWSCredentialsIdentityResolver.GetCredentials();
        Region = FallbackRegionFactory.GetRegionEndpoint()?.SystemName
            ?? throw new AmazonClientException("No Region is configured: set AWS_REGION.");
        var variable = EndpointVariable + "_" + serviceId.Replace(' ', '_').ToUpperInvariant();
        var url = Environment.GetEnvironmentVariable(variable)
            ?? Environment.GetEnvironmentVariable(EndpointVariable);
        Endpoint = url is { Length: > 0 } ? new Uri(url) : null;
        Address = Endpoint is { } own
            ? new Uri(own.GetLeftPart(UriPartial.Authority))
            : new Uri($"https://{signingName}.{Region}.{RegionEndpoint.GetBySystemName(Region).PartitionDnsSuffix}");
    }

    public string Region { get; }

    /// <summary>Where the environment leads instead of AWS; null on AWS.</summary>
    public Uri? Endpoint { get; }

    /// <summary>When the service gave its latest answer, by its own clock; null before the first.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    private Uri Address { get; }

    /// <summary>A call in the Query protocol.</summary>
    /// <exception cref="AmazonServiceException">The service refuses it.</exception>
    public async Task<XElement> QueryAsync(
        string action, string version, IEnumerable<(string Name, string Value)> parameters,
        CancellationToken cancellationToken)
    {
        var form = parameters.Append(("Action", action)).Append(("Version", version))
            .Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)).ToArray();
        var body = await SendAsync(() => new FormUrlEncodedContent(form), target: null, cancellationToken);
        return XElement.Parse(body);
    }

    /// <summary>A call in the protocol awsJson 1.1.</summary>
    /// <param name="target">The operation, as X-Amz-Target has it.</param>
    /// <exception cref="AmazonServiceException">The service refuses it.</exception>
    public async Task<JsonNode> JsonAsync(string target, JsonObject body, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        var answer = await SendAsync(
            () => new ByteArrayContent(bytes)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1") },
            },
            target, cancellationToken);
        return JsonNode.Parse(answer)!;
    }

    public void Dispose() => client.Dispose();

    private async Task<string> SendAsync(
        Func<HttpContent> content, string? target, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = content() };
            if (target is not null) request.Headers.Add("X-Amz-Target", target);
            await SignAsync(request, cancellationToken);
            using var answer = await client.SendAsync(request, cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            AnsweredAt = answer.Headers.Date ?? AnsweredAt;
            if (answer.IsSuccessStatusCode) return body;
            var error = Error(answer.StatusCode, body);
            if (attempt == Tries || !IsPassing(error)) throw error;
            await Task.Delay(FirstWait * (1 << (attempt - 1)), clock, cancellationToken);
        }
    }

    private async Task SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var signed = new DefaultRequest(new Call(), signingName)
        {
            HttpMethod = request.Method.Method,
            Endpoint = Address,
            ResourcePath = "/",
            Content = await request.Content!.ReadAsByteArrayAsync(cancellationToken),
            DeterminedSigningRegion = Region,
            OverrideSigningServiceName = signingName,
        };
        foreach (var (name, values) in request.Headers) signed.Headers[name] = string.Join(',', values);
        signed.Headers["Content-Type"] = request.Content.Headers.ContentType!.ToString();
        new AWS4Signer().Sign(signed, configuration, null, credentials);
        foreach (var (name, value) in signed.Headers)
        {
            if (name is "Content-Type" or "Host" or "host") continue;
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static bool IsPassing(AmazonServiceException error) =>
        (int)error.StatusCode >= 500 || error.ErrorCode.Contains("Throttl", StringComparison.Ordinal);

    // The Query protocol answers with XML, awsJson with JSON.
    private static AmazonServiceException Error(HttpStatusCode status, string body)
    {
        var (code, message) = ("", body);
        try
        {
            if (body.StartsWith('<'))
            {
                var elements = XElement.Parse(body).Descendants().ToLookup(
                    element => element.Name.LocalName, element => element.Value);
                (code, message) = (elements["Code"].FirstOrDefault(""), elements["Message"].FirstOrDefault(body));
            }
            else if (JsonNode.Parse(body) is JsonObject json)
            {
                code = ((string?)json["__type"] ?? "").Split('#')[^1];
                message = (string?)json["message"] ?? (string?)json["Message"] ?? body;
            }
        }
        catch (Exception e) when (e is System.Xml.XmlException or JsonException)
        {
            message = body;
        }

        return new AmazonServiceException($"{(int)status} {code}: {message}")
        {
            ErrorCode = code, StatusCode = status,
        };
    }

    private sealed class Call : AmazonWebServiceRequest;
}
