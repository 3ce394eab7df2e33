using System.Text;
using Isobar.Local.Lambda.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Isobar.Local.Tests.Lambda.Telemetry;

/// <summary>The API's answers; their words are the runtime interface emulator's and the guide's.</summary>
public sealed class TelemetryApiTests
{
    private const string Known = "0f8fad5b-d9cb-469f-a165-70867728950e";

    private const string Valid =
        """{"schemaVersion":"2022-07-01","types":["platform"],"""
        + """ "destination":{"protocol":"HTTP","URI":"http://sandbox:1"}}""";

    [Theory]
    [InlineData(null, Valid, true, 403, "Extension.MissingExtensionIdentifier",
        "Missing Lambda-Extension-Identifier header")]
    [InlineData("nobody", Valid, true, 403, "Extension.InvalidExtensionIdentifier",
        "Invalid Lambda-Extension-Identifier")]
    [InlineData("7c9e6679-7425-40de-944b-e07fc1f90ae7", Valid, true, 403, "Extension.UnknownExtensionIdentifier",
        "Unknown extension 7c9e6679-7425-40de-944b-e07fc1f90ae7")]
    [InlineData(Known, "{}", true, 400, "ValidationError",
        "schemaVersion is not provided; destination is not provided; types should not be empty")]
    [InlineData(Known, Valid, false, 403, "Telemetry.SubscriptionClosed",
        "Telemetry API subscription is closed already")]
    public async Task A_subscription_is_refused_as_AWS_refuses_it(
        string? identifier, string body, bool open, int status, string errorType, string message)
    {
        var answer = await PutAsync(TelemetryApiKind.Telemetry, identifier, body, open);
        Assert.Equal((status, $$"""{"errorMessage":"{{message}}","errorType":"{{errorType}}"}""" + "\n"), answer);
    }

    [Fact]
    public async Task A_valid_one_is_OK() =>
        Assert.Equal((200, "\"OK\""), await PutAsync(TelemetryApiKind.Telemetry, Known, Valid, open: true));

    [Theory]
    [InlineData("{}", true, 400, "Logs.ValidationError")]
    [InlineData(Valid, true, 400, "Logs.ValidationError")]
    [InlineData("""{"types":["platform"],"destination":{"protocol":"HTTP","URI":"http://sandbox:1"}}""", false, 403,
        "Logs.SubscriptionClosed")]
    public async Task The_older_API_has_errors_of_its_own(string body, bool open, int status, string errorType)
    {
        var answer = await PutAsync(TelemetryApiKind.Logs, Known, body, open);
        Assert.Equal(status, answer.Status);
        Assert.EndsWith($"\"errorType\":\"{errorType}\"}}\n", answer.Body);
    }

    [Theory]
    [InlineData("/2022-07-01/telemetry", TelemetryApiKind.Telemetry)]
    [InlineData("/2022-07-01/telemetry/", TelemetryApiKind.Telemetry)]
    [InlineData("/2020-08-15/logs", TelemetryApiKind.Logs)]
    public void Each_API_has_its_path(string path, object api) => Assert.Equal(api, TelemetryApi.KindOf(path));

    [Fact]
    public void Another_path_is_not_theirs() => Assert.Null(TelemetryApi.KindOf("/2018-06-01/runtime/invocation/next"));

    private static async Task<(int Status, string Body)> PutAsync(
        TelemetryApiKind api, string? identifier, string body, bool open)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "PUT";
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        if (identifier is not null) http.Request.Headers["Lambda-Extension-Identifier"] = identifier;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        await TelemetryApi.HandleAsync(http, api, new Subject(open));
        await http.Response.BodyWriter.FlushAsync();
        return (http.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }

    private sealed class Subject(bool open) : ITelemetrySubject
    {
        public string? ExtensionName(Guid identifier) => identifier == Guid.Parse(Known) ? "ext" : null;

        public bool Subscribe(string extension, Subscription subscription) => open;
    }
}
