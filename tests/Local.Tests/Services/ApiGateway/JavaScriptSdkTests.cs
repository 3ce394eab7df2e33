namespace Isobar.Local.Tests.Services.ApiGateway;

public sealed class JavaScriptSdkTests
{
    [Fact]
    public async Task An_API_is_found_by_the_SDK_and_called_by_HTTP()
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync("/x:\n  get: " + ApiGatewayOnPortZero.Proxy);

        var answers = await JavaScriptClient.RunAsync("Services/ApiGateway/round-trip.mjs", api.Address);

        Assert.Equal("Api test 200", $"{answers.GetProperty("name")} {answers.GetProperty("stage")} "
            + $"{answers.GetProperty("status")}");
        var received = answers.GetProperty("event");
        Assert.Equal("GET /x Zürich 1", $"{received.GetProperty("httpMethod")} {received.GetProperty("path")} "
            + $"{received.GetProperty("queryStringParameters").GetProperty("city")} "
            + $"{received.GetProperty("headers").GetProperty("x-mark")}");
        Assert.Equal("""[403,"Missing Authentication Token"]""", answers.GetProperty("lost").GetRawText());
        Assert.Equal("""["NotFoundException",404]""", answers.GetProperty("error").GetRawText());
    }
}
