using System.Text;
using Isobar.Local.Lambda.Telemetry;

namespace Isobar.Local.Tests.Lambda.Telemetry;

/// <summary>What a subscription may say. The ranges and defaults are the developer guide's.</summary>
public sealed class SubscriptionReaderTests
{
    [Fact]
    public void A_subscription_without_buffering_gets_AWSs_defaults()
    {
        var read = Read("""
            {"schemaVersion":"2022-07-01","types":["platform","function"],
             "destination":{"protocol":"HTTP","URI":"http://sandbox.localdomain:4243/in"}}
            """, out var wrong);
        Assert.Equal("", wrong);
        Assert.Equal(new Buffering(10_000, 262_144, TimeSpan.FromSeconds(1)), read!.Buffering);
        Assert.Equal(TelemetryTypes.Platform | TelemetryTypes.Function, read.Types);
        Assert.Equal((4_243, "/in"), (read.Destination.Port, read.Destination.AbsolutePath));
    }

    [Theory]
    [InlineData(1_000, 262_144, 25)]
    [InlineData(10_000, 1_048_576, 30_000)]
    public void The_ends_of_the_ranges_are_valid(int items, int bytes, int timeout)
    {
        var read = Read(With($$"""{"maxItems":{{items}},"maxBytes":{{bytes}},"timeoutMs":{{timeout}}}"""), out _);
        Assert.Equal(new Buffering(items, bytes, TimeSpan.FromMilliseconds(timeout)), read!.Buffering);
    }

    [Theory]
    [InlineData("""{"maxItems":999}""", "maxItems should be from 1000 to 10000")]
    [InlineData("""{"maxItems":10001}""", "maxItems should be from 1000 to 10000")]
    [InlineData("""{"maxBytes":262143}""", "maxBytes should be from 262144 to 1048576")]
    [InlineData("""{"maxBytes":1048577}""", "maxBytes should be from 262144 to 1048576")]
    [InlineData("""{"timeoutMs":24}""", "timeoutMs should be from 25 to 30000")]
    [InlineData("""{"timeoutMs":30001}""", "timeoutMs should be from 25 to 30000")]
    [InlineData("""{"timeoutMs":"25"}""", "timeoutMs should be from 25 to 30000")]
    [InlineData("1", "buffering should be an object")]
    public void What_is_beyond_them_is_not(string buffering, string expected)
    {
        Assert.Null(Read(With(buffering), out var wrong));
        Assert.Equal(expected, wrong);
    }

    [Theory]
    [InlineData("ftp://sandbox.localdomain:4243", "URI should be an http address")]
    [InlineData("http://sandbox.localdomain", "URI port is not provided")]
    [InlineData("http://sandbox.localdomain:9001", "URI port 9001 is reserved")]
    [InlineData("http://example.org:4243", "URI host should be sandbox.localdomain")]
    [InlineData("4243", "URI should be an http address")]
    public void Only_the_environments_own_addresses_are_destinations(string uri, string expected)
    {
        Assert.Null(Read(Body("\"2022-07-01\"", "[\"platform\"]", uri), out var wrong));
        Assert.Equal(expected, wrong);
    }

    [Theory]
    [InlineData("http://sandbox.localdomain:80")]
    [InlineData("http://sandbox:4243")]
    [InlineData("http://localhost:4243")]
    public void These_are(string uri) => Assert.NotNull(Read(Body("\"2025-01-29\"", "[\"extension\"]", uri), out _));

    // The first is the example of the developer guide, Telemetry API reference, status 400.
    [Theory]
    [InlineData("\"2022-07-01\"", "[]", "http://sandbox.localdomain",
        "URI port is not provided; types should not be empty")]
    [InlineData("\"2021-03-18\"", "[\"platform\"]", "http://sandbox:1", "schemaVersion is not supported")]
    [InlineData("null", "[\"logs\"]", "http://sandbox:1",
        "schemaVersion is not provided; types should be platform, function or extension")]
    public void All_that_is_wrong_is_said_at_once(string version, string types, string uri, string expected)
    {
        Assert.Null(Read(Body(version, types, uri), out var wrong));
        Assert.Equal(expected, wrong);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"types\":")]
    public void A_body_that_is_no_object_is_refused(string body)
    {
        Assert.Null(Read(body, out var wrong));
        Assert.Equal("the request body should be a JSON object", wrong);
    }

    [Fact]
    public void A_TCP_destination_is_refused_because_it_is_not_built()
    {
        Assert.Null(Read(
            """{"schemaVersion":"2022-07-01","types":["platform"],"destination":{"protocol":"TCP","port":4243}}""",
            out var wrong));
        Assert.Equal("destination protocol should be HTTP", wrong);
    }

    [Fact]
    public void The_older_API_needs_no_version_and_knows_PUT()
    {
        var read = SubscriptionReader.Read(TelemetryApiKind.Logs, Encoding.UTF8.GetBytes("""
            {"types":["function"],
             "destination":{"protocol":"HTTP","URI":"http://sandbox.localdomain:4243","method":"PUT","encoding":"JSON"}}
            """), out _);
        Assert.Equal(("2020-08-15", HttpMethod.Put), (read!.SchemaVersion, read.Method));
    }

    private static Subscription? Read(string body, out string wrong) =>
        SubscriptionReader.Read(TelemetryApiKind.Telemetry, Encoding.UTF8.GetBytes(body), out wrong);

    private static string With(string buffering) => $$"""
        {"schemaVersion":"2022-12-13","types":["platform"],"buffering":{{buffering}},
         "destination":{"protocol":"HTTP","URI":"http://sandbox.localdomain:4243"} }
        """;

    private static string Body(string version, string types, string uri) => $$"""
        {"schemaVersion":{{version}},"types":{{types}},"destination":{"protocol":"HTTP","URI":"{{uri}}"} }
        """;
}
