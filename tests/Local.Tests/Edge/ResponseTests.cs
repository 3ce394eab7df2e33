using System.Text.Json;
using Isobar.Local.Edge;
using Isobar.Local.Edge.Events;

namespace Isobar.Local.Tests.Edge;

/// <summary>Responses that a function makes or changes.</summary>
public sealed class ResponseTests
{
    // What one header line of name "x" and no value takes: name, colon, space, line end.
    private const int LineBytes = 5;

    [Fact]
    public void A_generated_response_has_status_headers_and_body()
    {
        var made = Generated("""
            {"status":"401","statusDescription":"No","headers":{"content-type":[{"value":"text/plain"}]},"body":"né"}
            """);

        Assert.Equal((401, "No"), (made.Status, made.StatusDescription));
        Assert.Equal("text/plain", made.Headers.First("content-type"));
        Assert.Equal("né"u8.ToArray(), made.Body);
        Assert.Equal([0, 255], Generated("""{"status":"200","body":"AP8=","bodyEncoding":"base64"}""").Body);
        Assert.Empty(Generated("""{"status":"599"}""").Body);
    }

    [Theory]
    [InlineData("""{"status":200}""", "status is not a string")]
    [InlineData("""{"status":"199"}""", "200 to 599")]
    [InlineData("""{"status":"600"}""", "200 to 599")]
    [InlineData("""{"status":"+20"}""", "200 to 599")]
    [InlineData("""{"status":"OK"}""", "200 to 599")]
    [InlineData("""{"status":null}""", "200 to 599")]
    [InlineData("""{"status":"204","body":"x"}""", "204 has a body")]
    [InlineData("""{"status":"200","body":{"a":1}}""", "body is not a string")]
    [InlineData("""{"status":"200","body":"%","bodyEncoding":"base64"}""", "not base64")]
    [InlineData("""{"status":"200","body":"x","bodyEncoding":"gzip"}""", "neither text nor base64")]
    [InlineData("""{"status":"200","headers":{"x-edge-a":[{"value":"1"}]}}""", "disallowed header x-edge-a")]
    [InlineData("""{"status":"200","headers":{"transfer-encoding":[{"value":"1"}]}}""", "header transfer-encoding")]
    public void A_generated_response_that_CloudFront_would_refuse_is_refused(string returned, string why) =>
        Assert.Contains(
            why, Assert.Throws<InvalidResultException>(() => Generated(returned)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(20_000)]
    public void A_generated_response_with_its_headers_is_40_KB_at_most(int headerBytes)
    {
        var room = 40 * 1024 - LineBytes - headerBytes;

        Assert.Equal(room, Generated(Sized(room, headerBytes)).Body.Length);
        Assert.Throws<InvalidResultException>(() => Generated(Sized(room + 1, headerBytes)));
    }

    [Fact]
    public void The_limits_can_be_others()
    {
        var wide = EventLimits.StrictViewer with { MaxGeneratedBytes = 50 * 1024 };
        using var document = JsonDocument.Parse(Sized(41 * 1024, 0));

        Assert.Equal(41 * 1024, GeneratedResponse.ReadResponse(
            EventTypes.ViewerRequest, document.RootElement, wide).Body.Length);
    }

    [Fact]
    public void A_viewer_response_function_changes_headers()
    {
        var headers = Changed("""
            {"status":"200","headers":{"via":[{"value":"1.1 x"}],"set-cookie":[{"value":"a=1"},{"value":"b=2"}]}}
            """);

        Assert.Equal(["a=1", "b=2"], headers["set-cookie"].Select(line => line.Value));
        Assert.False(headers.ContainsKey("etag"));
    }

    [Theory]
    [InlineData("null", "returned no response")]
    [InlineData("""{"headers":{"via":[{"value":"1.1 x"}]}}""", "change the status")]
    [InlineData("""{"status":"404","headers":{"via":[{"value":"1.1 x"}]}}""", "change the status")]
    [InlineData("""{"status":"200","body":"","headers":{"via":[{"value":"1.1 x"}]}}""", "set the body")]
    [InlineData("""{"status":"200","headers":{}}""", "read-only header via")]
    [InlineData("""{"status":"200","headers":{"via":[{"value":"1.1 y"}]}}""", "read-only header via")]
    [InlineData("""{"status":"200","headers":{"via":[{"value":"1.1 x"}],"warning":[{"value":"1"}]}}""",
        "header warning")]
    [InlineData("""{"status":"200","headers":{"via":[{"value":"1.1 x"}],"content-length":[{"value":"1"}]}}""",
        "header content-length")]
    [InlineData("""{"status":"200","headers":{"via":[{"value":"1.1 x"}],"content-encoding":[{"value":"br"}]}}""",
        "header content-encoding")]
    [InlineData("""{"status":"200","headers":{"via":[{"value":"1.1 x"}],"x-cache":[{"value":"Hit"}]}}""",
        "disallowed header x-cache")]
    public void A_viewer_response_function_changes_nothing_else(string returned, string why) => Assert.Contains(
        why, Assert.Throws<InvalidResultException>(() => Changed(returned)).Message, StringComparison.Ordinal);

    private static string Sized(int bodyBytes, int headerBytes) =>
        JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["status"] = "200",
        ["body"] = new string('x', bodyBytes),
        ["headers"] = new { x = new[] { new { key = "x", value = new string('y', headerBytes) } } },
    });

    private static GeneratedResponse Generated(string json)
    {
        using var document = JsonDocument.Parse(json);
        return GeneratedResponse.ReadResponse(
            EventTypes.ViewerRequest, document.RootElement.Clone(), EventLimits.StrictViewer);
    }

    private static HeaderMap Changed(string json)
    {
        var headers = new HeaderMap();
        headers.Add("Via", "1.1 x");
        headers.Add("ETag", "\"1\"");
        using var document = JsonDocument.Parse(json);
        return ResponseResult.ReadViewer(document.RootElement.Clone(), new EventResponse(headers, "200", "OK"));
    }
}
