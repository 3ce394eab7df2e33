using System.Diagnostics;
using System.Threading.Channels;

namespace Isobar.Stories.Clients;

/// <summary>A program that prints lines until it is stopped.</summary>
internal sealed class FollowedProgram : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task<string> errors;

    // Far more than a story makes a program print; the oldest would be lost.
    private readonly Channel<string> lines = Channel.CreateBounded<string>(
        new BoundedChannelOptions(100_000) { FullMode = BoundedChannelFullMode.DropOldest });

    public FollowedProgram(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        errors = process.StandardError.ReadToEndAsync();
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text) lines.Writer.TryWrite(text);
            else lines.Writer.TryComplete();
        };
        process.BeginOutputReadLine();
    }

    /// <summary>The next line that is as wanted; lines before it are passed over.</summary>
    /// <exception cref="InvalidOperationException">The program ended; the message is what it said.</exception>
    /// <exception cref="TimeoutException">No such line came within a minute.</exception>
    public async Task<string> LineAsync(Func<string, bool> isWanted)
    {
        using var limit = new CancellationTokenSource(Bound);
        var passed = new List<string>();
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(limit.Token))
            {
                if (isWanted(line)) return line;
                passed.Add(line);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No such line within {Bound}, but:\n{string.Join('\n', passed)}");
        }

        throw new InvalidOperationException($"{string.Join('\n', passed)}\n{await errors}");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
