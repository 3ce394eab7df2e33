using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Services.ApiGateway;

/// <summary>The control plane's reads, by a client that nobody here wrote: boto3, where this machine has it.</summary>
public sealed class ControlPlaneTests
{
    [Fact]
    public async Task Boto3_finds_the_APIs_and_their_stages()
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync("/x:\n  get: " + ApiGatewayOnPortZero.Proxy);
        var first = api.ApiId;
        await api.DeployAsync(ApiGatewayOnPortZero.RepositoryFile("example.template.yaml"), "second");

        var seen = await RunAsync(api.Address, api.ApiId);

        Assert.Equal(["Api", "second-api"],
            seen["names"]!.AsArray().Select(name => (string)name!).Order(StringComparer.Ordinal));
        Assert.Equal(new[] { first, api.ApiId }.Order(StringComparer.Ordinal),
            seen["pages"]!.AsArray().Select(id => (string)id!));
        Assert.Equal("""["second-api",["REGIONAL"],true]""", seen["api"]!.ToJsonString());
        Assert.Equal("""[["Prod",{"MODE":"fast"},false]]""", seen["stages"]!.ToJsonString());
        Assert.Equal("""["NotFoundException",404,"NotFoundException","Invalid API identifier specified"]""",
            seen["missing"]!.ToJsonString());
        Assert.Equal(("UnknownOperationException", 404), ((string?)seen["create"]![2], (int)seen["create"]![1]!));
        Assert.Equal(("BadRequestException", 400), ((string?)seen["limit"]![0], (int)seen["limit"]![1]!));
    }

    [Fact]
    public async Task A_page_of_APIs_begins_behind_its_position_also_when_no_API_has_that_id()
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync("/x:\n  get: " + ApiGatewayOnPortZero.Proxy);
        var first = api.ApiId;
        await api.DeployAsync(ApiGatewayOnPortZero.RepositoryFile("example.template.yaml"), "second");
        string[] ids = [.. new[] { first, api.ApiId }.Order(StringComparer.Ordinal)];

        var page = await ReadAsync("?limit=1");
        Assert.Equal(ids[..1], Ids(page));
        Assert.Equal(ids[0], (string?)page["position"]);
        foreach (var (position, rest) in new[] { ("", ids), ("0", ids), (ids[0] + "0", ids[1..]), ("zzzzzzzzzzz", []) })
            Assert.Equal(rest, Ids(await ReadAsync($"?position={position}")));

        static IEnumerable<string> Ids(JsonNode page) => page["item"]!.AsArray().Select(item => (string)item!["id"]!);

        async Task<JsonNode> ReadAsync(string query)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api.Address, $"/restapis{query}"));
            request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 "
                + "Credential=test/20260112/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0");
            using var response = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        }
    }

    private static async Task<JsonNode> RunAsync(Uri endpoint, string apiId)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Services", "ApiGateway", "control-plane.py");
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", [script, endpoint.ToString(), apiId])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = python.StandardError.ReadToEndAsync();
            var output = await python.StandardOutput.ReadToEndAsync();
            await python.WaitForExitAsync();
            if ((await errors).Contains("ModuleNotFoundError", StringComparison.Ordinal))
                Assert.Skip("python3 has no boto3 on this machine.");
            Assert.True(python.ExitCode == 0, await errors);
            return JsonNode.Parse(output)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no python3 on this machine.");
            throw;
        }
    }
}
