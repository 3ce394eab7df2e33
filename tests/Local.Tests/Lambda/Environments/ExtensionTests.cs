using System.Text;
using System.Text.Json;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>External extensions that live well, in real processes.</summary>
public sealed class ExtensionTests
{
    [Fact]
    [Claim("X4")]
    public async Task An_extension_starts_before_the_runtime_and_gets_every_invocation()
    {
        using var layer = new LayerFolder().WithProbe("watcher", "INVOKE,SHUTDOWN");
        await using var probes = await PoolOfProbes.StartAsync();
        var function = Function(layer);
        var first = await probes.InvokeAsync(function, "{}", tail: true);
        var second = await probes.InvokeAsync(function, """{"do":"headers"}""");

        var facts = probes.Journal.After(0).Select(entry => entry.Fact).ToList();
        Assert.True(facts.FindIndex(fact => fact is ExtensionStarted { Extension: "watcher" })
            < facts.FindIndex(fact => fact is RuntimeStarted));
        var lines = LinesOf(probes, "watcher").ToArray();
        Assert.Equal(
            "watcher registered 200 {\"functionName\":\"probe\",\"functionVersion\":\"$LATEST\",\"handler\":\"Probe\","
            + "\"accountId\":\"000000000000\"}", lines[0]);
        Assert.Contains(facts, fact => fact is LogLineWritten
        {
            Platform: true, Line: "EXTENSION\tName: watcher\tState: Ready\tEvents: [INVOKE, SHUTDOWN]",
        });

        var seen = Events(lines);
        Assert.Equal(2, seen.Length);
        Assert.All(seen, body => Assert.Equal("INVOKE", body.GetProperty("eventType").GetString()));
        Assert.Equal(function.Arn, seen[0].GetProperty("invokedFunctionArn").GetString());
        Assert.Equal("X-Amzn-Trace-Id", seen[0].GetProperty("tracing").GetProperty("type").GetString());
        Assert.Contains(
            $"START RequestId: {seen[0].GetProperty("requestId").GetString()} ",
            Encoding.UTF8.GetString(first.LogTail.Span));
        Assert.Equal(
            Headers(second).GetProperty("lambda-runtime-aws-request-id").GetString(),
            seen[1].GetProperty("requestId").GetString());
        Assert.Equal(
            Headers(second).GetProperty("lambda-runtime-deadline-ms").GetString(),
            seen[1].GetProperty("deadlineMs").GetInt64().ToString());
    }

    [Fact]
    [Claim("X4")]
    [Claim("X7")]
    public async Task The_caller_has_its_answer_while_the_extension_works_and_the_next_invocation_waits_for_it()
    {
        using var layer = new LayerFolder().WithProbe("slow", "INVOKE", "linger:2000");
        await using var probes = await PoolOfProbes.StartAsync();
        var function = Function(layer);
        var first = await probes.InvokeAsync(function, "{}");
        Assert.True(first.Duration < TimeSpan.FromMilliseconds(1_500), $"the caller waited {first.Duration}");
        Assert.DoesNotContain("slow done", LinesOf(probes, "slow"));

        var second = await probes.InvokeAsync(function, "{}");
        Assert.Equal(first.EnvironmentId, second.EnvironmentId);
        Assert.Contains("slow done", LinesOf(probes, "slow"));
        var report = await probes.Journal.WaitForAsync<LogLineWritten>(
            line => line.Line.StartsWith("REPORT"), PoolOfProbes.Bound);
        var duration = double.Parse(report.Line.Split("Duration: ")[1].Split(' ')[0]);
        Assert.InRange(duration, 2_000, 10_000);
    }

    [Fact]
    public async Task At_the_end_an_extension_gets_SHUTDOWN_with_at_most_two_seconds()
    {
        using var layer = new LayerFolder().WithProbe("last", "SHUTDOWN").WithProbe("quiet", "INVOKE");
        var probes = await PoolOfProbes.StartAsync();
        await probes.InvokeAsync(Function(layer), "{}", tail: true);
        await probes.DisposeAsync();
        var line = Assert.Single(LinesOf(probes, "last"), line => line.StartsWith("last event"));
        var body = Assert.Single(Events([line]));
        Assert.Equal("SHUTDOWN", body.GetProperty("eventType").GetString());
        Assert.Equal("spindown", body.GetProperty("shutdownReason").GetString());
        Assert.InRange(int.Parse(line.Split(' ')[2]), 0, 2_000);
        Assert.Single(LinesOf(probes, "quiet"), said => said.StartsWith("quiet event"));
    }

    [Fact]
    public async Task Function_and_extension_share_the_temporary_directory()
    {
        using var layer = new LayerFolder().WithProbe("writer", "INVOKE", "write");
        await using var probes = await PoolOfProbes.StartAsync();
        Assert.Equal("\"from writer\"", await probes.TextAsync(Function(layer), """{"do":"read"}"""));
    }

    [Fact]
    public async Task An_extension_sees_the_customers_variables_and_nothing_of_the_handler_or_XRay()
    {
        using var layer = new LayerFolder().WithProbe("looker", "INVOKE", "environment");
        await using var probes = await PoolOfProbes.StartAsync();
        var function = Function(layer, ("TABLE", "jobs"), ("AWS_XRAY_CONTEXT_MISSING", "IGNORE"));
        await probes.InvokeAsync(function, "{}", tail: true);
        var names = LinesOf(probes, "looker").Single(line => line.StartsWith("variables")).Split(' ');
        Assert.Superset(
            new HashSet<string>
            {
                "TABLE", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_RUNTIME_API",
                "AWS_LAMBDA_INITIALIZATION_TYPE", "PATH", "TZ",
            },
            names.ToHashSet());
        Assert.DoesNotContain(names, name => (name.StartsWith('_') && name != "_") || name.Contains("XRAY"));
        Assert.DoesNotContain("AWS_LAMBDA_LOG_GROUP_NAME", names);
        Assert.DoesNotContain("LAMBDA_TASK_ROOT", names);
    }

    [Fact]
    public async Task The_magic_file_in_a_layer_switches_extensions_off()
    {
        using var layer = new LayerFolder().WithProbe("watcher", "INVOKE")
            .WithFile("disable-extensions-jwigqn8j", "");
        await using var probes = await PoolOfProbes.StartAsync();
        var call = JsonSerializer.Serialize(
            new { @do = "call", method = "GET", path = "/2020-01-01/extension/event/next" });
        Assert.Equal("\"404 404 page not found\\n\"", await probes.TextAsync(Function(layer), call));
        Assert.DoesNotContain(probes.Journal.After(0), entry => entry.Fact is ExtensionStarted);
    }

    internal static FunctionConfiguration Function(
        LayerFolder layer, params (string Name, string Value)[] variables) =>
        PoolOfProbes.Function(variables: variables) with { LayersDirectory = layer.Directory };

    internal static IEnumerable<string> LinesOf(PoolOfProbes probes, string extension) =>
        probes.Journal.After(0).Select(entry => entry.Fact).OfType<LogLineWritten>()
            .Where(line => line.Extension == extension).Select(line => line.Line);

    private static JsonElement[] Events(IEnumerable<string> lines) =>
    [
        .. lines.Where(line => line.Contains(" event "))
            .Select(line => JsonDocument.Parse(line[line.IndexOf('{')..]).RootElement),
    ];

    private static JsonElement Headers(InvocationOutcome outcome) => JsonDocument.Parse(outcome.Payload).RootElement;
}
