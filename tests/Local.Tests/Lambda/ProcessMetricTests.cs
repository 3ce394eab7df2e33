using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Services.CloudWatch;

namespace Isobar.Local.Tests.Lambda;

/// <summary>Metrics of real processes: what they come to, and what they write.</summary>
public sealed class ProcessMetricTests
{
    [Fact]
    [Claim("M2")]
    public async Task A_success_an_exception_an_exit_and_a_timeout_are_counted()
    {
        await using var lambda = await StartAsync();

        await lambda.InvokeAsync("probe", "1");
        await lambda.InvokeAsync("probe", """{"do":"throw","message":"oh"}""");
        await lambda.InvokeAsync("probe", """{"do":"exit","code":7}""");
        await lambda.InvokeAsync("hasty", """{"do":"sleep","ms":5000}""");

        Assert.Equal(4, await SumAsync(lambda, "AWS/Lambda", "Invocations"));
        Assert.Equal(3, await SumAsync(lambda, "AWS/Lambda", "Errors"));
        Assert.Equal(3, await SumAsync(lambda, "AWS/Lambda", "Invocations", ("FunctionName", "probe")));
        Assert.Equal(1, await SumAsync(lambda, "AWS/Lambda", "Errors", ("FunctionName", "hasty")));
        var ended = lambda.World.Journal.After(0).Select(entry => entry.Fact).OfType<InvocationEnded>().ToList();
        Assert.Equal(
            ended.Where(fact => fact.FunctionName == "probe").Sum(fact => fact.DurationMs),
            (await SumAsync(lambda, "AWS/Lambda", "Duration", ("FunctionName", "probe")))!.Value, 3);
        Assert.True(await SumAsync(lambda, "AWS/Lambda", "Duration", ("FunctionName", "hasty")) > 900);
    }

    [Fact]
    public async Task A_line_in_the_embedded_metric_format_is_a_metric_and_one_with_a_defect_is_a_line_only()
    {
        await using var lambda = await StartAsync();
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var metadata = $$"""
            "_aws":{"Timestamp":{{now}},"CloudWatchMetrics":[
            {"Namespace":"app","Dimensions":[["kind"]],"Metrics":[{"Name":"rows"}]}]}
            """.ReplaceLineEndings("");

        await LogAsync(lambda, $$"""{{{metadata}},"kind":"rain","rows":7}""");
        await LogAsync(lambda, $$"""{{{metadata}},"kind":"rain","row":9}""");

        Assert.Equal(7, await SumAsync(lambda, "app", "rows", ("kind", "rain")));
        var lines = lambda.World.Journal.After(0).Select(entry => entry.Fact)
            .OfType<Isobar.Local.Lambda.Environments.LogLineWritten>().Select(line => line.Line).ToList();
        Assert.Contains(lines, line => line.Contains("\"rows\":7", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("\"row\":9", StringComparison.Ordinal));
    }

    private static Task<LambdaOnPortZero> StartAsync() => LambdaOnPortZero.StartWithProbesAsync("""
          Hasty:
            Type: AWS::Lambda::Function
            Properties:
              FunctionName: hasty
              Code: functions/Probe
              Handler: Probe
              Runtime: dotnet10
              Role: arn:aws:iam::000000000000:role/probe
              Timeout: 1
        """, world => [new CloudWatchModule(world.Context)]);

    // The log has every line of an invocation before the answer that has its tail.
    private static async Task LogAsync(LambdaOnPortZero lambda, string line)
    {
        var payload = new JsonObject { ["do"] = "print", ["text"] = line }.ToJsonString();
        var answer = await lambda.InvokeAsync("probe", payload, ("X-Amz-Log-Type", "Tail"));
        Assert.True(answer.Header("X-Amz-Function-Error") is null, answer.Body);
    }

    private static Task<double?> SumAsync(
        LambdaOnPortZero lambda, string space, string metric, params (string Name, string Value)[] dimensions) =>
        Metrics.ReadAsync(lambda.Client, space, metric, "Sum", dimensions);
}
