using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Isobar.Instrumentation;

/// <summary>
/// Lines for the function's log, past <see cref="Console"/>: Lambda's runtime client takes that over and puts a
/// function's lines into a format of its own, in which CloudWatch would find no metric.
/// </summary>
internal static class StandardStreams
{
    /// <summary>
    /// The longest line that is written at once, so that no other writer's bytes come between: 4,096 bytes.
    /// </summary>
    /// <remarks>Source: pipe(7), PIPE_BUF on Linux.</remarks>
    public const int MaxWholeLineBytes = 4_096;

    /// <param name="line">With its end of line.</param>
    public static void Write(ReadOnlySpan<byte> line) => Write(1, line);

    /// <summary>Writes to standard error why the instruments do not work.</summary>
    public static void Complain(string reason) =>
        Write(2, Encoding.UTF8.GetBytes($"instrumentation: {reason.ReplaceLineEndings(" ")}\n"));

    private static void Write(int descriptor, ReadOnlySpan<byte> line)
    {
        using var handle = new SafeFileHandle(descriptor, ownsHandle: false);
        using var stream = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        try
        {
            stream.Write(line);
        }
        catch (IOException)
        {
            // Nobody reads the log any more, so there is no one left to tell.
        }
    }
}
