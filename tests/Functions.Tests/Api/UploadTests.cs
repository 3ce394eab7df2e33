using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Isobar.Api;

namespace Isobar.Functions.Tests.Api;

public sealed class UploadTests : IFormSigner
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 3, 0, 0, 500, TimeSpan.Zero);

    private readonly List<(string Key, long MaxBytes, DateTimeOffset ExpiresAt)> signed = [];

    [Theory]
    [InlineData("x.csv", 1)]
    [InlineData("USW00094728_2026-11.csv.gz", 67_108_864)]
    [InlineData("2026.csv", 4_294_967_296)]
    public async Task A_form_is_for_one_key_one_size_and_a_quarter_of_an_hour(string name, long bytes)
    {
        var answer = await UploadAsync($$"""{"name":"{{name}}","bytes":{{bytes}}}""");
        var body = Calls.AssertAnswer(answer, 201);
        var key = $"uploads/00000000000000000000000000000007/{name}";
        Assert.Equal((key, bytes, new DateTimeOffset(2026, 11, 27, 3, 15, 0, TimeSpan.Zero)), Assert.Single(signed));
        Assert.Equal((key, "https://bucket/"), ((string?)body["key"], (string?)body["url"]));
        Assert.Equal("""{"key":"k"}""", body["fields"]!.ToJsonString());
    }

    [Theory]
    [InlineData("../x.csv")]
    [InlineData("a/b.csv")]
    [InlineData("a\\\\b.csv")]
    [InlineData("..")]
    [InlineData("...csv")]
    [InlineData(".csv")]
    [InlineData("")]
    [InlineData("x.csv/")]
    [InlineData("x.csv\\u0000")]
    [InlineData("x%2Fy.csv")]
    [InlineData("x y.csv")]
    [InlineData("é.csv")]
    [InlineData("x.exe")]
    [InlineData("x.CSV")]
    [InlineData("x.csv.gz.exe")]
    [InlineData("x.gz")]
    public async Task A_name_that_is_more_or_less_than_a_name_is_refused(string name) =>
        await AssertRefusedAsync($$"""{"name":"{{name}}","bytes":1}""");

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public async Task A_name_has_at_most_128_characters(int length, bool taken)
    {
        var answer = await UploadAsync($$"""{"name":"{{new string('a', length - 4)}}.csv","bytes":1}""");
        Assert.Equal(taken ? 201 : 400, answer.StatusCode);
    }

    [Theory]
    [InlineData("x.csv", "0")]
    [InlineData("x.csv", "-1")]
    [InlineData("x.csv", "4294967297")]
    [InlineData("x.csv.gz", "67108865")]
    [InlineData("x.csv", "1.5")]
    [InlineData("x.csv", "\"1\"")]
    [InlineData("x.csv", "99999999999999999999")]
    [InlineData("x.csv", "null")]
    public async Task A_size_that_no_job_would_take_is_refused(string name, string bytes) =>
        await AssertRefusedAsync($$"""{"name":"{{name}}","bytes":{{bytes}}}""");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"name":"x.csv"}""")]
    [InlineData("""{"bytes":1}""")]
    [InlineData("""{"name":null,"bytes":1}""")]
    [InlineData("""{"name":"x.csv","bytes":1,"key":"y"}""")]
    [InlineData("""{"name":"x.csv","name":"y.csv","bytes":1}""")]
    public async Task A_body_that_is_no_such_request_is_refused(string? body) => await AssertRefusedAsync(body);

    [Fact]
    public async Task The_form_is_signed_with_the_key_and_the_size_in_its_policy()
    {
        using var s3 = new AmazonS3Client(
            new SessionAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret", "token"),
            new AmazonS3Config { ServiceURL = "http://127.0.0.1:4580", AuthenticationRegion = "us-east-1" });
        var (url, fields) = await new LandingFormSigner(s3, "landing").SignAsync("uploads/7/x.csv", 123, Now);
        Assert.StartsWith("http://127.0.0.1:4580/landing", url, StringComparison.Ordinal);
        Assert.Equal(("uploads/7/x.csv", "token"), (fields["key"], fields["x-amz-security-token"]));
        var policy = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(fields["Policy"])))!;
        var conditions = policy["conditions"]!.AsArray().Select(condition => condition!.ToJsonString()).ToList();
        Assert.Contains("""["content-length-range",1,123]""", conditions);
        Assert.Contains("""{"bucket":"landing"}""", conditions);
        Assert.Contains("""{"key":"uploads/7/x.csv"}""", conditions);
    }

    Task<(string Url, IReadOnlyDictionary<string, string> Fields)> IFormSigner.SignAsync(
        string key, long maxBytes, DateTimeOffset expiresAt)
    {
        signed.Add((key, maxBytes, expiresAt));
        return Task.FromResult<(string, IReadOnlyDictionary<string, string>)>(
            ("https://bucket/", new Dictionary<string, string> { ["key"] = "k" }));
    }

    private async Task AssertRefusedAsync(string? body)
    {
        Calls.AssertProblem(await UploadAsync(body), 400, "Bad Request");
        Assert.Empty(signed);
    }

    private Task<Amazon.Lambda.APIGatewayEvents.APIGatewayProxyResponse> UploadAsync(string? body) =>
        new CreateUploadRoute(
            new UploadForms(this, new FixedTime(Now), () => new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7)), Calls.Responses)
            .CreateUpload(Calls.Request(body), new Invocation());
}
