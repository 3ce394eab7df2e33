using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Services.CloudWatch;

/// <summary>Clients that nobody here wrote: boto3 speaks awsJson, the SDK for JavaScript RPC v2 CBOR.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task Boto3_puts_and_reads_metrics_alarms_and_dashboards()
    {
        await using var cloudWatch = await CloudWatchOnPortZero.StartAsync();

        var seen = await RunAsync("python3", "client.py", cloudWatch.Address);

        Assert.Equal("""[[20100,200,200,"Milliseconds"]]""", Text("points"));
        Assert.Equal("""["latency",[200],"Complete",0]""", Text("data"));
        Assert.Equal(
            """[{"Namespace":"app","MetricName":"latency","Dimensions":[{"Name":"tier","Value":"web"}]}]""",
            Text("metrics"));
        Assert.Equal("""["INSUFFICIENT_DATA","p99",true]""", Text("alarm"));
        Assert.Equal("\"a test\"", Text("state"));
        Assert.Equal("""["slow"]""", Text("forMetric"));
        Assert.Equal("""["Alarm updated from INSUFFICIENT_DATA to ALARM"]""", Text("history"));
        Assert.Equal("""[{"Key":"team","Value":"data"}]""", Text("tags"));
        Assert.Equal("""["all"]""", Text("dashboards"));
        Assert.Equal("\"text\"", Text("body"));
        Assert.Equal("""["ResourceNotFound",404,"ResourceNotFound"]""", Text("noAlarm"));
        Assert.Equal("""["ResourceNotFound",404,"ResourceNotFound"]""", Text("noDashboard"));
        Assert.Equal("""["DashboardInvalidInputError",400,"InvalidParameterInput"]""", Text("badDashboard"));
        Assert.Equal("""["InvalidParameterValueException",400,"InvalidParameterValue"]""", Text("reserved"));
        Assert.Equal("UnknownOperationException", (string?)seen["composite"]![2]);

        string Text(string name) => System.Text.RegularExpressions.Regex.Replace(
            seen[name]!.ToJsonString(), @"(\d)\.0\b", "$1");
    }

    [Fact]
    public async Task The_SDK_for_JavaScript_puts_and_reads_metrics_and_alarms()
    {
        await using var cloudWatch = await CloudWatchOnPortZero.StartAsync();

        var seen = await JavaScriptClient.RunAsync("Services/CloudWatch/round-trip.mjs", cloudWatch.Address);

        Assert.Equal("[20000]", seen.GetProperty("values").GetRawText());
        Assert.Equal("[0]", seen.GetProperty("times").GetRawText());
        Assert.Equal("""["Zürich"]""", seen.GetProperty("metrics").GetRawText());
        Assert.Equal("""["INSUFFICIENT_DATA",1.5,true]""", seen.GetProperty("alarm").GetRawText());
        Assert.Equal("ResourceNotFound 404", seen.GetProperty("error").GetString());
    }

    private static async Task<JsonNode> RunAsync(string program, string script, Uri endpoint)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Services", "CloudWatch", script);
        try
        {
            using var client = Process.Start(new ProcessStartInfo(program, [path, endpoint.ToString()])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = client.StandardError.ReadToEndAsync();
            var output = await client.StandardOutput.ReadToEndAsync();
            await client.WaitForExitAsync();
            if ((await errors).Contains("ModuleNotFoundError", StringComparison.Ordinal))
                Assert.Skip("python3 has no boto3 on this machine.");
            Assert.True(client.ExitCode == 0, await errors);
            return JsonNode.Parse(output)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"There is no {program} on this machine.");
            throw;
        }
    }
}
