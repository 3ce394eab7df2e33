using System.Net;
using System.Net.Sockets;

namespace Isobar.Stories.Telemetry;

/// <summary>A way to an address that can be closed: connections are accepted, and nothing goes through.</summary>
internal sealed class StallingDoor : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly Task accepting;
    private volatile TaskCompletionSource open = Open();

    public StallingDoor()
    {
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Where it leads to; set before the first connection comes.</summary>
    public Uri? Target { get; set; }

    public void Stall() => open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => open.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Dispose();
        Release();
        await accepting;
        over.Dispose();
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptSocketAsync(over.Token));
        }
        catch (Exception closed)
            when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket accepted)
    {
        try
        {
            using var near = new NetworkStream(accepted, ownsSocket: true);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, Target!.Port, over.Token);
            using var far = new NetworkStream(socket);
            await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
        }
        catch (Exception cut) when (cut is IOException or SocketException or OperationCanceledException)
        {
        }
    }

    private async Task PumpAsync(Stream from, Stream to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, over.Token) is > 0 and var read)
        {
            await open.Task.WaitAsync(over.Token);
            await to.WriteAsync(buffer.AsMemory(0, read), over.Token);
        }
    }
}
