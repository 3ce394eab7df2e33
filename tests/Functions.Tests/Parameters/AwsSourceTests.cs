extern alias parameters;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using parameters::Isobar.Parameters.Caching;
using parameters::Isobar.Parameters.Sources;
using SigningIdentity = parameters::Isobar.Telemetry.Shipping.SigningIdentity;

namespace Isobar.Functions.Tests.Parameters;

/// <summary>What is sent to AWS, and what is made of its answers.</summary>
public sealed class AwsSourceTests : IDisposable
{
    private const string Parameter = """
        {"Parameter":{"ARN":"arn:aws:ssm:us-east-1:123456789012:parameter/a","DataType":"text",
        "LastModifiedDate":1768230000.123,"Name":"/a","Type":"SecureString","Value":"sesame","Version":3}}
        """;

    private readonly Scripted handler = new();
    private readonly HttpClient http;
    private readonly AwsSource source;

    public AwsSourceTests()
    {
        http = new HttpClient(handler);
        source = new AwsSource(Service("ssm"), Service("secretsmanager"));
    }

    [Fact]
    public async Task A_parameter_is_asked_for_with_its_selector_signed_by_the_functions_credentials()
    {
        handler.Answers.Enqueue((HttpStatusCode.OK, Parameter));
        var answer = await source.FetchAsync(new Wanted(Store.Parameters, "/a", "3", null, true));
        Assert.True(answer.IsSecure);
        var (request, body) = Assert.Single(handler.Requests);
        Assert.Equal("https://ssm.us-east-1.amazonaws.com/", request.RequestUri!.AbsoluteUri);
        Assert.Equal("""{"Name":"/a:3","WithDecryption":true}""", body);
        Assert.Equal("AmazonSSM.GetParameter", request.Headers.GetValues("X-Amz-Target").Single());
        Assert.Equal("token", request.Headers.GetValues("X-Amz-Security-Token").Single());
        Assert.StartsWith(
            "AWS4-HMAC-SHA256 Credential=AKID/20260112/us-east-1/ssm/aws4_request,SignedHeaders=content-type;host;"
            + "x-amz-date;x-amz-security-token;x-amz-target,Signature=",
            request.Headers.GetValues("Authorization").Single());
        var given = JsonNode.Parse(answer.Body)!;
        Assert.Equal("sesame", (string?)given["Parameter"]!["Value"]);
        Assert.Equal("2026-01-12T15:00:00.123Z", (string?)given["Parameter"]!["LastModifiedDate"]);
        Assert.Equal("{}", given["ResultMetadata"]!.ToJsonString());
    }

    [Fact]
    public async Task A_secret_is_asked_for_by_its_id_and_stage()
    {
        handler.Answers.Enqueue((HttpStatusCode.OK, """{"Name":"mine","SecretString":"sesame"}"""));
        var answer = await source.FetchAsync(new Wanted(Store.Secrets, "mine", null, "AWSPREVIOUS", null));
        var (request, body) = Assert.Single(handler.Requests);
        Assert.Equal("https://secretsmanager.us-east-1.amazonaws.com/", request.RequestUri!.AbsoluteUri);
        Assert.Equal("""{"SecretId":"mine","VersionStage":"AWSPREVIOUS"}""", body);
        Assert.Equal("secretsmanager.GetSecretValue", request.Headers.GetValues("X-Amz-Target").Single());
        Assert.Equal("sesame", (string?)JsonNode.Parse(answer.Body)!["SecretString"]);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "InternalServerError")]
    [InlineData(HttpStatusCode.BadRequest, "ThrottlingException")]
    [InlineData(HttpStatusCode.TooManyRequests, "")]
    public async Task What_says_nothing_about_the_value_is_tried_three_times(HttpStatusCode status, string code)
    {
        for (var number = 0; number < 2; number++) handler.Answers.Enqueue((status, Error(code)));
        handler.Answers.Enqueue((HttpStatusCode.OK, Parameter));
        await source.FetchAsync(new Wanted(Store.Parameters, "/a", null, null, true));
        Assert.Equal(3, handler.Requests.Count);

        for (var number = 0; number < 3; number++) handler.Answers.Enqueue((status, Error(code)));
        await Assert.ThrowsAsync<AwayException>(
            () => source.FetchAsync(new Wanted(Store.Parameters, "/a", null, null, true)));
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again_and_is_known_by_its_code_alone()
    {
        handler.Answers.Enqueue((HttpStatusCode.BadRequest, Error("com.amazonaws.ssm#ParameterNotFound")));
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => source.FetchAsync(new Wanted(Store.Parameters, "/a", null, null, true)));
        Assert.Equal(("ParameterNotFound", "ParameterNotFound"), (refused.Code, refused.Message));
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{\"Parameter\":{}}")]
    public async Task An_answer_that_is_not_the_services_is_none(string answer)
    {
        handler.Answers.Enqueue((HttpStatusCode.OK, answer));
        await Assert.ThrowsAsync<AwayException>(
            () => source.FetchAsync(new Wanted(Store.Parameters, "/a", null, null, true)));
    }

    [Theory]
    [InlineData(null, null, null, "https://ssm.eu-central-1.amazonaws.com/")]
    [InlineData("http://127.0.0.1:4580", null, null, "http://127.0.0.1:4580/")]
    [InlineData("http://127.0.0.1:4580", "http://own/", null, "http://own/")]
    [InlineData("http://127.0.0.1:4580", "http://own/", "true", "https://ssm.eu-central-1.amazonaws.com/")]
    public void The_services_own_endpoint_comes_before_that_of_all(
        string? all, string? own, string? ignored, string expected) =>
        Assert.Equal(expected, AwsAddress.Of("ssm", "AWS_ENDPOINT_URL_SSM", "eu-central-1", name => name switch
        {
            "AWS_ENDPOINT_URL" => all,
            "AWS_ENDPOINT_URL_SSM" => own,
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS" => ignored,
            _ => null,
        }).AbsoluteUri);

    public void Dispose() => http.Dispose();

    private static string Error(string code) => $$"""{"__type":"{{code}}","message":"sesame"}""";

    private AwsJsonService Service(string name) => new(
        http, AwsAddress.Of(name, "", "us-east-1", _ => null), new SigningIdentity("AKID", "secret", "us-east-1", name),
        "token", TimeSpan.Zero, new Hasty());

    /// <summary>A calendar that stands still, and pauses that are over at once.</summary>
    private sealed class Hasty : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 12, 15, 0, 0, TimeSpan.Zero);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(
                callback, state, dueTime < TimeSpan.FromSeconds(1) ? TimeSpan.Zero : dueTime, period);
    }

    private sealed class Scripted : HttpMessageHandler
    {
        public Queue<(HttpStatusCode Status, string Body)> Answers { get; } = new();

        public List<(HttpRequestMessage Request, string Body)> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add((request, await request.Content!.ReadAsStringAsync(cancellationToken)));
            var (status, body) = Answers.Dequeue();
            return new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8) };
        }
    }
}
