using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Isobar.Local.Wire;
using Microsoft.AspNetCore.Http;

namespace Isobar.Benchmarks.Invocations;

/// <summary>
/// The floor under an invocation: a request handed to a parked poll, its response handed back. The same server, the
/// same caller and the same Probe processes as the host has, and no Lambda in between.
/// </summary>
internal sealed class TwoHandOffs : IAsyncDisposable
{
    public const string Path = "/invoke";

    private const int MaxWaiting = 64;
    private const string Invocations = "/2018-06-01/runtime/invocation/";

    private readonly Channel<Call> waiting = Channel.CreateBounded<Call>(MaxWaiting);
    private readonly ConcurrentDictionary<string, Call> open = new();
    private readonly List<Process> probes = [];
    private WireServer server = null!;
    private long last;

    private TwoHandOffs()
    {
    }

    public Uri Address => server.Address;

    public static async Task<TwoHandOffs> StartAsync(int processes)
    {
        var floor = new TwoHandOffs();
        floor.server = await WireServer.StartAsync(floor.HandleAsync, 0, CancellationToken.None);
        for (var process = 0; process < processes; process++) floor.probes.Add(floor.StartProbe());
        return floor;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var probe in probes)
        {
            probe.Kill();
            await probe.WaitForExitAsync();
            probe.Dispose();
        }

        await server.DisposeAsync();
    }

    private Process StartProbe()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal)
            ? Environment.ProcessPath
            : "dotnet") { ArgumentList = { "exec", System.IO.Path.Combine(Checkout.Output("Probe"), "Probe.dll") } };
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = server.Address.Authority;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return Process.Start(start)!;
    }

    private Task HandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        if (path == Path) return InvokeAsync(http);
        return path == Invocations + "next" ? NextAsync(http) : ResponseAsync(http, path.Split('/')[^2]);
    }

    private async Task InvokeAsync(HttpContext http)
    {
        var call = new Call(
            Interlocked.Increment(ref last).ToString(CultureInfo.InvariantCulture), await ReadAsync(http));
        open[call.Id] = call;
        await waiting.Writer.WriteAsync(call);
        await AnswerAsync(http, 200, await call.Response.Task);
    }

    private async Task NextAsync(HttpContext http)
    {
        var call = await waiting.Reader.ReadAsync(http.RequestAborted);
        http.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = call.Id;
        await AnswerAsync(http, 200, call.Payload);
    }

    private async Task ResponseAsync(HttpContext http, string id)
    {
        var response = await ReadAsync(http);
        open.TryRemove(id, out var call);
        call!.Response.SetResult(response);
        await AnswerAsync(http, 202, []);
    }

    private static async Task<byte[]> ReadAsync(HttpContext http)
    {
        var body = new byte[(int)http.Request.ContentLength!];
        await http.Request.Body.ReadExactlyAsync(body);
        return body;
    }

    private static async Task AnswerAsync(HttpContext http, int status, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body);
    }

    private sealed record Call(string Id, byte[] Payload)
    {
        public TaskCompletionSource<byte[]> Response { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
