using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Xml.Linq;
using Isobar.Local.Services.Sts;

namespace Isobar.Local.Tests.Wire;

/// <summary>Requests for services that a host does not have.</summary>
public sealed class AbsentServiceTests
{
    [Fact]
    public async Task A_host_without_S3_answers_what_carries_no_signature_with_an_error_document()
    {
        await using var host = await ModuleOnPortZero.StartAsync(_ => [new StsModule()]);
        using var client = new HttpClient { BaseAddress = host.Address };

        using var answer = await client.GetAsync("/bucket/key");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var document = XDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("UnrecognizedClientException", Code(document));
        Assert.Contains("without a signature", document.Root!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/x-amz-json-1.1")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    public async Task A_signed_request_for_an_absent_service_is_answered_in_its_own_protocol(string contentType)
    {
        await using var host = await ModuleOnPortZero.StartAsync(_ => [new StsModule()]);
        using var client = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("") };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/kinesis/aws4_request,SignedHeaders=host,Signature=00");

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        var code = contentType.Contains("json", StringComparison.Ordinal)
            ? JsonDocument.Parse(text).RootElement.GetProperty("__type").GetString()!.Split('#')[^1]
            : Code(XDocument.Parse(text));
        Assert.Equal("UnrecognizedClientException", code);
    }

    private static string? Code(XDocument document) =>
        document.Descendants().Single(element => element.Name.LocalName == "Code").Value;
}
