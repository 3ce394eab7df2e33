using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Isobar.Tidy.Tests.StandIns;

/// <summary>
/// A Runtime API of a few lines on a port of its own: hands out the given events, then parks the runtime.
/// </summary>
internal sealed class FakeRuntimeApi : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<(string RequestId, string Body)> events;
    private readonly CancellationTokenSource end = new();
    private readonly TaskCompletionSource parked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task serving;

    public FakeRuntimeApi(params (string RequestId, string Body)[] events)
    {
        this.events = new(events);
        listener.Start();
        serving = ServeAsync();
    }

    public string Endpoint => listener.LocalEndpoint.ToString()!;

    public ConcurrentQueue<Post> Posts { get; } = new();

    /// <summary>Completes when the runtime asks for an event and there is none left.</summary>
    public Task Parked => parked.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!end.IsCancellationRequested)
        {
            using var client = await listener.AcceptTcpClientAsync(end.Token);
            await using var stream = client.GetStream();
            while (await ReadAsync(stream) is { } request && await AnswerAsync(stream, request))
            {
            }
        }
    }

    private async Task<bool> AnswerAsync(NetworkStream stream, Post request)
    {
        if (!request.Path.EndsWith("/next", StringComparison.Ordinal))
        {
            Posts.Enqueue(request);
            await WriteAsync(stream, "202 Accepted", "", "{\"status\":\"OK\"}\n");
            return true;
        }

        if (!events.TryDequeue(out var next))
        {
            parked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end.Token);
        }

        var headers =
            $"Lambda-Runtime-Aws-Request-Id: {next.RequestId}\r\nLambda-Runtime-Deadline-Ms: 4102444800000\r\n"
            + "Lambda-Runtime-Trace-Id: Root=1-a;Parent=b;Sampled=0\r\n";
        await WriteAsync(stream, "200 OK", headers, next.Body);
        return true;
    }

    private static async Task<Post?> ReadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(p => p[0], p => p[1]);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"))];
        await stream.ReadExactlyAsync(body);
        return new Post(lines[0].Split(' ')[1], headers, Encoding.UTF8.GetString(body));
    }

    private static async Task WriteAsync(NetworkStream stream, string status, string headers, string body) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {status}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));

    internal sealed record Post(string Path, IReadOnlyDictionary<string, string> Headers, string Body);
}
