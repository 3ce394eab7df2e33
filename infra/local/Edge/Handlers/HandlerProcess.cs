using System.Net.Sockets;
using System.Text.Json;
using Isobar.Local.Edge.Events;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Edge.Handlers;

/// <summary>The process could not be started, or was not ready in time; the message says why.</summary>
internal sealed class HandlerStartException(string message) : Exception(message);

/// <summary>
/// One process of Node.js or Python with the handler loaded, on the other end of a socket of its own. Whoever holds it
/// gives it one event at a time.
/// </summary>
internal sealed class HandlerProcess : IAsyncDisposable
{
    private readonly ChildProcess child;
    private readonly Task ended;
    private readonly LineSocket lines;

    private HandlerProcess(ChildProcess child, Task ended, LineSocket lines) =>
        (this.child, this.ended, this.lines) = (child, ended, lines);

    public int Id => child.Id;

    /// <summary>Starts a process and waits until its handler is loaded.</summary>
    /// <param name="socket">A path that nothing has yet.</param>
    /// <exception cref="HandlerStartException">It would not start, or its module can't be loaded.</exception>
    public static async Task<HandlerProcess> StartAsync(
        HandlerSettings settings, HandlerSupervision supervision, string socket)
    {
        using var limit = new CancellationTokenSource(EdgeLimits.InitTimeout);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        ChildProcess? child = null;
        Task? ended = null;
        LineSocket? lines = null;
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(socket));
            listener.Listen(1);
            child = await supervision.Launcher.StartAsync(new ProcessStart(
                settings.Interpreter, settings.Arguments(socket), settings.Code, settings.Environment));
            ended = supervision.SuperviseAsync(child, settings.Function.Name);
            var accepting = listener.AcceptAsync(limit.Token).AsTask();
            if (await Task.WhenAny(accepting, ended) == ended)
                throw new HandlerStartException("The process ended before it was ready.");
            lines = new LineSocket(await accepting);
            var reply = Reply(await lines.ReadAsync(EdgeLimits.MaxViewerAnswerBytes, limit.Token));
            if (reply?.Ready is not { } version)
                throw new HandlerStartException(
                    $"The module can't be loaded: {reply?.Failed?.Message ?? "the process ended."}");
            supervision.Journal.Record(new EdgeProcessStarted(settings.Function.Name, child.Id, version));
            return new HandlerProcess(child, ended, lines);
        }
        catch (Exception e)
        {
            if (ended is { IsCompleted: false }) child!.Kill();
            if (lines is not null) await lines.DisposeAsync();
            if (ended is not null) await ended;
            throw e as HandlerStartException ?? new HandlerStartException(e is OperationCanceledException
                ? $"The module was not loaded within {EdgeLimits.InitTimeout.TotalSeconds:0} s."
                : e.Message);
        }
        finally
        {
            File.Delete(socket);
        }
    }

    /// <summary>Gives the handler an event.</summary>
    /// <param name="maxAnswerBytes">Of the JSON that it answers with.</param>
    /// <returns>Null when the process ended, or answered with something that is no answer: it is of no use any more.
    /// </returns>
    /// <exception cref="OperationCanceledException">The time was up; the process is of no use any more.</exception>
    public async Task<HandlerReply?> InvokeAsync(HandlerCall call, TimeSpan timeout, int maxAnswerBytes)
    {
        using var limit = new CancellationTokenSource(timeout);
        try
        {
            await lines.WriteAsync(call, limit.Token);
            return Reply(await lines.ReadAsync(maxAnswerBytes, limit.Token));
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return null;
        }
    }

    /// <summary>Kills the process and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        child.Kill();
        await lines.DisposeAsync();
        await ended;
    }

    private static HandlerReply? Reply(ReadOnlyMemory<byte>? line)
    {
        try
        {
            return line is { } text ? JsonSerializer.Deserialize(text.Span, EdgeJson.Default.HandlerReply) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
