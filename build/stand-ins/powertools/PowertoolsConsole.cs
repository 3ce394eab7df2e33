using System;
using System.IO;

namespace AWS.Lambda.Powertools.Common;

/// <summary>
/// Standard output as it is, so that a JSON line stays one: from the first line on Console.Out is it as well, and no
/// longer the formatter that the runtime had put there. The real package does the same.
/// </summary>
internal static class PowertoolsConsole
{
    private static readonly object Gate = new();
    private static TextWriter taken;

    public static void WriteLine(string line)
    {
        lock (Gate)
        {
            if (taken is null || !ReferenceEquals(Console.Out, taken))
            {
                Console.SetOut(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
                taken = Console.Out;
            }

            Console.WriteLine(line);
        }
    }
}
