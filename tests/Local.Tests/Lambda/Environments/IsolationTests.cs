using System.Text.Json;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>What a function sees of the machine: AWS's paths and addresses, where the system has namespaces.</summary>
public sealed class IsolationTests
{
    [Fact]
    public async Task With_namespaces_the_paths_and_addresses_are_AWSs()
    {
        using var layer = new LayerFolder().WithFile("data/names", "from the layer");
        await using var probes = await StartAsync();
        var function = ExtensionTests.Function(layer, ("NAMES", "/opt/data/names"));
        var block = await BlockAsync(probes, function);
        Assert.Equal("/var/task", block["LAMBDA_TASK_ROOT"]);
        Assert.Equal("127.0.0.1:9001", block["AWS_LAMBDA_RUNTIME_API"]);
        Assert.Equal("/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin", block["PATH"]);
        Assert.Equal("/opt/data/names", block["NAMES"]);
        Assert.DoesNotContain("TMPDIR", block.Keys);
        Assert.Equal(
            "\"from the layer\\n\"", await probes.TextAsync(function, """{"do":"read","path":"/opt/data/names"}"""));
        Assert.Equal(
            "\"127.0.0.1\"", await probes.TextAsync(function, """{"do":"resolve","name":"sandbox.localdomain"}"""));
    }

    [Theory]
    [InlineData("/tmp/note", "/tmp/note")]
    [InlineData("/var/task/note", "Read-only file system : '/var/task/note'")]
    [InlineData("note", "Read-only file system : '/var/task/note'")]
    [InlineData("/opt/note", "Read-only file system : '/opt/note'")]
    [InlineData("/note", "Read-only file system : '/note'")]
    public async Task With_namespaces_only_tmp_can_be_written(string path, string answer)
    {
        using var layer = new LayerFolder().WithFile("names", "");
        await using var probes = await StartAsync();
        Assert.Equal(JsonSerializer.Serialize(answer), await probes.TextAsync(
            ExtensionTests.Function(layer), JsonSerializer.Serialize(new { @do = "attempt", path })));
    }

    [Fact]
    public async Task With_namespaces_every_environment_has_a_tmp_and_a_network_of_its_own()
    {
        await using var probes = await StartAsync();
        var function = PoolOfProbes.Function();
        await probes.InvokeAsync(function, """{"do":"write","path":"/tmp/note","text":"mine"}""");
        var busy = probes.InvokeAsync(function, """{"do":"sleep","ms":700}""");
        Assert.Equal("null", await probes.TextAsync(function, """{"do":"read","path":"/tmp/note"}"""));
        var started = probes.Journal.After(0).Select(entry => entry.Fact).OfType<RuntimeStarted>().ToArray();
        Assert.Equal(2, started.Length);
        var networks = started.Select(
            runtime => File.ResolveLinkTarget($"/proc/{runtime.ProcessId}/ns/net", returnFinalTarget: false)!.Name);
        Assert.Equal(2, networks.Distinct().Count());
        await busy;
    }

    [Fact]
    public async Task With_namespaces_the_AWS_endpoint_answers_on_its_usual_port()
    {
        Uri? asked = null;
        await using var endpoint = await WireServer.StartAsync(
            http =>
            {
                asked = new Uri($"http://{http.Request.Host}{http.Request.Path}");
                return http.Response.WriteAsync("here");
            }, 0, CancellationToken.None);
        await using var probes = await StartAsync(
            options => options with { EndpointUrl = endpoint.Address.ToString() }, endpoint.MoreSockets);
        var call = JsonSerializer.Serialize(
            new { @do = "call", method = "GET", path = "/bucket/key", address = endpoint.Address.Authority });
        Assert.StartsWith("\"200 ", await probes.TextAsync(PoolOfProbes.Function(), call));
        Assert.Equal(new Uri(endpoint.Address, "/bucket/key"), asked);
    }

    [Fact]
    public async Task Plain_processes_have_AWSs_paths_rewritten_in_their_variables()
    {
        using var layer = new LayerFolder().WithFile("data/names", "from the layer");
        await using var probes = await StartPlainAsync();
        var function = ExtensionTests.Function(
            layer, ("NAMES", "/opt/data/names"), ("LIST", "/opt:/optional:/var/task/lib"), ("WORDS", "see /opt/data"));
        var block = await BlockAsync(probes, function);
        Assert.Equal(PoolOfProbes.ProbeDirectory, block["LAMBDA_TASK_ROOT"]);
        Assert.Equal(layer.Directory + "/data/names", block["NAMES"]);
        Assert.Equal($"{layer.Directory}:/optional:{PoolOfProbes.ProbeDirectory}/lib", block["LIST"]);
        Assert.Equal("see /opt/data", block["WORDS"]);
        Assert.EndsWith($":{layer.Directory}/bin", block["PATH"]);
        Assert.True(Directory.Exists(block["TMPDIR"]));
        Assert.NotEqual("127.0.0.1:9001", block["AWS_LAMBDA_RUNTIME_API"]);
    }

    [Fact]
    public async Task Plain_functions_with_extensions_run_one_at_a_time()
    {
        using var layer = new LayerFolder().WithProbe("watcher", "INVOKE");
        await using var probes = await StartPlainAsync();
        var first = ExtensionTests.Function(layer) with { FunctionName = "first" };
        var second = ExtensionTests.Function(layer) with { FunctionName = "second" };
        var third = PoolOfProbes.Function("third");
        await Task.WhenAll(
            probes.InvokeAsync(first, """{"do":"sleep","ms":300}"""), probes.InvokeAsync(second, "{}"),
            probes.InvokeAsync(third, "{}"));
        var order = probes.Journal.After(0).Select(entry => entry.Fact).Select(fact => fact switch
        {
            EnvironmentStarted started => "start " + started.FunctionName,
            EnvironmentEnded ended => "end " + ended.FunctionName,
            _ => null,
        }).OfType<string>().Where(step => !step.Contains("third"));
        Assert.Equal(["start first", "end first", "start second"], order);
    }

    private static Task<PoolOfProbes> StartPlainAsync() =>
        PoolOfProbes.StartAsync(options => options with { Isolation = IsolationChoice.Plain });

    private static async Task<PoolOfProbes> StartAsync(
        Func<EnvironmentOptions, EnvironmentOptions>? change = null, SocketTransport? endpoint = null)
    {
        try
        {
            return await PoolOfProbes.StartAsync(options =>
                (change?.Invoke(options) ?? options) with { Isolation = IsolationChoice.Namespaces }, endpoint);
        }
        catch (IsolationUnavailableException unavailable)
        {
            Assert.Skip(unavailable.Message);
            throw;
        }
    }

    private static async Task<Dictionary<string, string>> BlockAsync(
        PoolOfProbes probes, FunctionConfiguration function) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(
            await probes.TextAsync(function, """{"do":"environment"}"""))!;
}
