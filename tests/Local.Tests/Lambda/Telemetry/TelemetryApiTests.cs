using System.Text;
using Isobar.Local.Lambda.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Isobar.Local.Tests.Lambda.Telemetry;

/// <summary>The API's answers; their words are the runtime interface emulator's and the guide's.</summary>
public sealed class TelemetryApiTests
{
    private const string Valid =
        """{"schemaVersion":"2022-07-01","types":["platform"],"""
        + """ "destination":{"protocol":"HTTP","URI":"http://sandbox:1"}}""";

    [Theory]
    [InlineData("{}", true, 400, "ValidationError",
        "schemaVersion is not provided; destination is not provided; types should not be empty")]
    [InlineData(Valid, false, 403, "Telemetry.SubscriptionClosed",
        "Telemetry API subscription is closed already")]
    public async Task A_subscription_is_refused_as_AWS_refuses_it(
        string body, bool open, int status, string errorType, string message)
    {
        var answer = await PutAsync(TelemetryApiKind.Telemetry, body, open);
        Assert.Equal((status, $$"""{"errorMessage":"{{message}}","errorType":"{{errorType}}"}""" + "\n"), answer);
    }

    [Fact]
    public async Task A_valid_one_is_OK() =>
        Assert.Equal((200, "\"OK\""), await PutAsync(TelemetryApiKind.Telemetry, Valid, open: true));

    [Theory]
    [InlineData("{}", true, 400, "Logs.ValidationError")]
    [InlineData(Valid, true, 400, "Logs.ValidationError")]
    [InlineData("""{"types":["platform"],"destination":{"protocol":"HTTP","URI":"http://sandbox:1"}}""", false, 403,
        "Logs.SubscriptionClosed")]
    public async Task The_older_API_has_errors_of_its_own(string body, bool open, int status, string errorType)
    {
        var answer = await PutAsync(TelemetryApiKind.Logs, body, open);
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
        TelemetryApiKind api, string body, bool open)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "PUT";
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        await TelemetryApi.SubscribeAsync(http, api, _ => open);
        await http.Response.BodyWriter.FlushAsync();
        return (http.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }
}
