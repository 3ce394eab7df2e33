using System.Net;
using System.Text;

namespace Isobar.Local.Tests.Edge;

/// <summary>Bodies of requests, as functions see and replace them.</summary>
public sealed class BodyTests
{
    private const string Handler = """
        export const handler = async ({ Records: [{ cf: { request } }] }) => {
          if (request.method === 'GET') return { status: '200', body: String(request.body) };
          const text = Buffer.from(request.body.data, 'base64').toString();
          switch (request.uri.slice(1)) {
            case 'upper': request.body = { action: 'replace', encoding: 'text', data: text.toUpperCase() }; break;
            case 'base64': request.body.action = 'replace'; break;
            case 'lost': request.body.data = ''; break;
            case 'long': request.body = { action: 'replace', encoding: 'text', data: 'x'.repeat(40 * 1024 + 1) }; break;
            case 'action': request.body.action = 'append'; break;
            case 'encoding': request.body = { action: 'replace', encoding: 'gzip', data: '' }; break;
            case 'invalid': request.body = { action: 'replace', encoding: 'base64', data: '%' }; break;
            case 'truncated': request.body.inputTruncated = !request.body.inputTruncated; break;
            case 'told': return { status: '200', body: `${request.body.inputTruncated} ${text.length}` };
          }
          return request;
        };
        """;

    [Theory]
    [InlineData("upper", "HELLO")]
    [InlineData("base64", "hello")]
    [InlineData("lost", "hello")]
    [InlineData("unchanged", "hello")]
    public async Task A_function_may_replace_the_body_and_reading_it_changes_nothing(string path, string received)
    {
        await using var edge = await StartAsync();

        await edge.Client.PostAsync(new Uri(edge.Address, path), new StringContent("hello"));

        Assert.Equal(received, Assert.Single(edge.Requests).Body);
    }

    [Theory]
    [InlineData("long", "larger than 40960 bytes")]
    [InlineData("action", "neither read-only nor replace")]
    [InlineData("encoding", "neither text nor base64")]
    [InlineData("invalid", "not base64")]
    [InlineData("truncated", "read-only inputTruncated")]
    public async Task A_body_that_CloudFront_would_not_take_is_a_validation_error(string path, string why)
    {
        await using var edge = await StartAsync();

        var answer = await edge.Client.PostAsync(new Uri(edge.Address, path), new StringContent("hello"));

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("LambdaValidationError from cloudfront", answer.Headers.GetValues("X-Cache").Single());
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(edge.Asked);
    }

    [Theory]
    [InlineData(40 * 1024, "false 40960")]
    [InlineData(40 * 1024 + 1, "true 40960")]
    public async Task A_viewer_function_sees_40_KB_and_the_origin_all(int bytes, string told)
    {
        await using var edge = await StartAsync();
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(new string('x', bytes)));

        var answer = await edge.Client.PostAsync(new Uri(edge.Address, "told"), content);
        await edge.Client.PostAsync(
            new Uri(edge.Address, "unchanged"), new ByteArrayContent(Encoding.ASCII.GetBytes(new string('x', bytes))));

        Assert.Equal(told, await answer.Content.ReadAsStringAsync());
        Assert.Equal(bytes, Assert.Single(edge.Requests).Body.Length);
    }

    [Fact]
    public async Task A_request_without_a_body_has_none_in_its_event()
    {
        await using var edge = await StartAsync();

        Assert.Equal("undefined", await (await edge.SendAsync("/a")).Content.ReadAsStringAsync());
    }

    private static Task<DistributionOnPortZero> StartAsync() => DistributionOnPortZero.StartAsync(
        Handler, text => text
            .Replace("IncludeBody: false", "IncludeBody: true")
            .Replace("- {EventType: viewer-response, LambdaFunctionARN: !Ref TheFunction.Version}", "")
            .Replace("AllowedMethods: [GET, HEAD]", "AllowedMethods: [GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE]"));
}
