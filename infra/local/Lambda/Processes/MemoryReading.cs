namespace Isobar.Local.Lambda.Processes;

/// <summary>How much memory a process uses, where the system says so.</summary>
/// <param name="PeakBytes">The largest resident set so far.</param>
/// <param name="OwnBytes">What is resident now without pages of files, which the kernel could take back.</param>
internal readonly record struct MemoryReading(long PeakBytes, long OwnBytes)
{
    /// <returns>Null when the process is gone, or the system has no <c>/proc</c>.</returns>
    public static MemoryReading? Of(int process)
    {
        try
        {
            using var file = File.OpenHandle($"/proc/{process}/status");
            Span<byte> text = stackalloc byte[4096];
            text = text[..RandomAccess.Read(file, text, 0)];
            if (KilobytesAfter(text, "VmHWM:"u8) is not { } peak) return null;
            var own = (KilobytesAfter(text, "RssAnon:"u8) ?? 0) + (KilobytesAfter(text, "RssShmem:"u8) ?? 0);
            return new MemoryReading(peak << 10, own << 10);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long? KilobytesAfter(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label)
    {
        var at = text.IndexOf(label);
        if (at < 0) return null;
        var number = text[(at + label.Length)..].TrimStart(" \t"u8);
        return System.Buffers.Text.Utf8Parser.TryParse(number, out long kilobytes, out _) ? kilobytes : null;
    }
}
