using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Tests;
using Isobar.Stories.Clients;
using Isobar.Stories.Telemetry;

namespace Isobar.Stories.Instrumentation;

/// <summary>
/// The wrapper layer and the telemetry extension on a function in another language, byte for byte those of .NET.
/// </summary>
public sealed class NodeStories(NodeFixture stack) : IClassFixture<NodeFixture>
{
    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    [Claim("X11")]
    [Claim("X21")]
    public async Task A_function_in_Nodejs_is_limited_timed_and_shipped_by_the_same_layers()
    {
        await NodeRuntimeClient.RequireAsync();
        Assert.Equal(
            (string?)(await stack.ConfigurationAsync("Plain"))["CodeSha256"],
            (string?)(await stack.ConfigurationAsync("Watched"))["CodeSha256"]);

        // An argument comes before any variable, so only a wrapper can change the runtime's own.
        var (plain, watched) = (await StartedAsync("Plain"), await StartedAsync("Watched"));
        Assert.Contains("--max-old-space-size=460", plain["arguments"]!.ToJsonString());
        Assert.Contains("--max-old-space-size=384", watched["arguments"]!.ToJsonString());
        Assert.Null(plain["options"]);
        await stack.LineAsync(line => line.FunctionName == stack.Stack.Stack.NameOf("Watched")
            && line.Line == "EXTENSION\tName: instrumentation\tState: Ready\tEvents: [INVOKE]");

        foreach (var by in (string[])["fetch", "http"])
        {
            const string path = "/orders/v1/4711/items?token=kept-secret";
            var call = new JsonObject { ["path"] = path, ["by"] = by }.ToJsonString();
            var before = stack.Stack.Host.Journal.LastSequence;
            var (requestId, status) = await stack.Stack.InvokeAsync("Watched", call, "RequestResponse");

            var line = await stack.LineAsync(line => line.Line.Contains("\"spans\":[{\"id\""), before);
            var spans = JsonNode.Parse(line.Line)!;
            var span = Assert.Single(spans["spans"]!.AsArray())!;
            Assert.Equal(
                (requestId, "GET", stack.Stack.Host.Address.Authority, "/orders/v1/*/items", status, false),
                ((string?)spans["requestId"], (string?)span["method"], (string?)span["host"], (string?)span["route"],
                    span["status"]!.ToJsonString(), (bool?)span["fault"]));
            Assert.Matches("^1-[0-9a-f]{8}-[0-9a-f]{24}$", (string?)spans["traceId"]);
            Assert.DoesNotContain("kept-secret", line.Line);
            await stack.LineAsync(line => line.Line.Contains("\"HttpDuration\":["), before);
        }

        // Its heap and pauses are told when the next invocation begins.
        await stack.LineAsync(line => line.Line.Contains("\"coldStart\":true") && line.Line.Contains("\"HeapSize\":"));
        await stack.RetireAsync("Watched");
        var shipped = await ShippedLine.ReadAllAsync(stack.Stack.Stack.S3, stack.Stack.Stack.NameOf("Telemetry"));
        Assert.Equal(3, shipped.Count(line => line.Type == "platform.report"));
        Assert.Contains(shipped, line => line.Type == "function" && line.Record.ToString().Contains("\"spans\""));
    }

    private async Task<JsonNode> StartedAsync(string function) => JsonNode.Parse(await stack.AskAsync(function, "{}"))!;
}
