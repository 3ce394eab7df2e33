using System.Text.Json;
using Isobar.Local.Edge;
using Isobar.Local.Edge.Events;

namespace Isobar.Local.Tests.Edge;

/// <summary>What a viewer-request function may return.</summary>
public sealed class ViewerRequestTests
{
    private static readonly EventRequest Before = new("203.0.113.7", Headers(), "GET", "x=1", "/");

    [Fact]
    public void A_request_goes_on_with_what_the_function_changed()
    {
        var read = Read("""
            {"method":"GET","clientIp":"203.0.113.7","uri":"/a","querystring":"y=2",
             "headers":{"host":[{"key":"Host","value":"site"}],"x-new":[{"value":"1"},{"key":"X-NEW","value":"2"}]}}
            """);

        var request = Assert.IsType<ContinuedRequest>(read).Request;
        Assert.Equal(("/a", "y=2", "GET"), (request.Uri, request.Querystring, request.Method));
        Assert.Equal(["X-New: 1", "X-NEW: 2"], request.Headers["x-new"].Select(line => $"{line.Key}: {line.Value}"));
        Assert.False(request.Headers.ContainsKey("accept"));
    }

    [Theory]
    [InlineData("null", "neither a request nor a response")]
    [InlineData("[]", "neither a request nor a response")]
    [InlineData("\"/a\"", "neither a request nor a response")]
    [InlineData("{}", "read-only header host")]
    [InlineData("""{"headers":{"host":[{"value":"site"}]}}""", "has no uri")]
    [InlineData("""{"uri":7,"headers":{"host":[{"value":"site"}]}}""", "uri is not a string")]
    public void What_is_neither_a_request_nor_a_response_is_refused(string returned, string why) =>
        AssertRefused(returned, why);

    [Theory]
    [InlineData("a", "does not begin with a slash")]
    [InlineData("", "does not begin with a slash")]
    [InlineData("/a b", "must be encoded")]
    [InlineData("/ä", "must be encoded")]
    [InlineData("/a\\r\\nHost: other", "must be encoded")]
    public void A_uri_that_no_request_can_have_is_refused(string uri, string why) => AssertRefused(Request(uri), why);

    [Fact]
    public void Uri_and_query_together_stay_below_8192_characters()
    {
        Assert.IsType<ContinuedRequest>(Read(Request("/" + new string('a', 8_190))));
        AssertRefused(Request("/" + new string('a', 8_191)), "too long");
    }

    [Theory]
    [InlineData(""", "method":"POST" """, "read-only method")]
    [InlineData(""", "clientIp":"127.0.0.1" """, "read-only clientIp")]
    public void Method_and_client_address_stay_as_they_are(string member, string why) =>
        AssertRefused($$$"""{"uri":"/","headers":{"host":[{"value":"site"}]}{{{member}}}}""", why);

    [Theory]
    [InlineData("connection"), InlineData("expect"), InlineData("keep-alive"), InlineData("proxy-authenticate")]
    [InlineData("proxy-authorization"), InlineData("proxy-connection"), InlineData("trailer"), InlineData("upgrade")]
    [InlineData("x-accel-buffering"), InlineData("x-accel-charset"), InlineData("x-accel-limit-rate")]
    [InlineData("x-accel-redirect"), InlineData("x-amz-cf-id"), InlineData("x-amz-cf-anything"), InlineData("x-cache")]
    [InlineData("x-amzn-auth"), InlineData("x-amzn-cf-billing"), InlineData("x-amzn-cf-id")]
    [InlineData("x-amzn-cf-xff")]
    [InlineData("x-amzn-errortype"), InlineData("x-amzn-fle-profile"), InlineData("x-amzn-header-count")]
    [InlineData("x-amzn-header-order"), InlineData("x-amzn-lambda-integration-tag"), InlineData("x-amzn-requestid")]
    [InlineData("x-edge-location"), InlineData("x-edge-anything"), InlineData("x-forwarded-proto")]
    [InlineData("x-real-ip")]
    public void A_disallowed_header_can_not_be_added(string name) =>
        AssertRefused(WithHeader(name), $"disallowed header {name}");

    [Theory]
    [InlineData("cdn-loop"), InlineData("content-length"), InlineData("transfer-encoding"), InlineData("via")]
    public void A_read_only_header_can_not_be_added(string name) =>
        AssertRefused(WithHeader(name), $"read-only header {name}");

    [Theory]
    [InlineData("""{"uri":"/","headers":{}}""")]
    [InlineData("""{"uri":"/"}""")]
    [InlineData("""{"uri":"/","headers":{"host":[{"value":"other"}]}}""")]
    [InlineData("""{"uri":"/","headers":{"host":[{"value":"site"},{"value":"site"}]}}""")]
    public void The_host_can_not_be_changed_or_deleted(string returned) =>
        AssertRefused(returned, "read-only header host");

    [Fact]
    public void The_viewers_country_is_CloudFronts_to_add() =>
        AssertRefused(WithHeader("cloudfront-viewer-country"), "CloudFront-Viewer-Country");

    [Theory]
    [InlineData("""{"X-New":[{"value":"1"}]}""", "not in lower case")]
    [InlineData("""{"":[{"value":"1"}]}""", "not in lower case")]
    [InlineData("""{"x new":[{"value":"1"}]}""", "not in lower case")]
    [InlineData("""{"x-new":{"value":"1"}}""", "not a list")]
    [InlineData("""{"x-new":"1"}""", "not a list")]
    [InlineData("""{"x-new":["1"]}""", "not an object with a value")]
    [InlineData("""{"x-new":[{"key":"X-New"}]}""", "not an object with a value")]
    [InlineData("""{"x-new":[{"value":1}]}""", "value is not a string")]
    [InlineData("""{"x-new":[{"key":"X-Other","value":"1"}]}""", "not the header's name")]
    [InlineData("""{"x-new":[{"value":"1\r\nx-cache: Hit"}]}""", "character that must be encoded")]
    [InlineData("""{"x-new":[{"value":"é"}]}""", "character that must be encoded")]
    [InlineData("[]", "headers are not an object")]
    public void Headers_have_their_shape(string headers, string why) =>
        AssertRefused($$$"""{"uri":"/","headers":{{{headers}}}}""", why);

    private static string Request(string uri) => $$$"""{"uri":"{{{uri}}}","headers":{"host":[{"value":"site"}]}}""";

    private static string WithHeader(string name) =>
        $$$"""{"uri":"/","headers":{"host":[{"value":"site"}],"{{{name}}}":[{"value":"1"}]}}""";

    private static HeaderMap Headers()
    {
        var headers = new HeaderMap();
        headers.Add("Host", "site");
        headers.Add("Accept", "text/html");
        return headers;
    }

    private static RequestResult Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return RequestResult.Read(
            EventTypes.ViewerRequest, document.RootElement.Clone(), Before, EventLimits.StrictViewer);
    }

    private static void AssertRefused(string returned, string why) => Assert.Contains(
        why, Assert.Throws<InvalidResultException>(() => Read(returned)).Message, StringComparison.Ordinal);
}
