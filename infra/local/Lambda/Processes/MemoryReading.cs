namespace Isobar.Local.Lambda.Processes;

/// <summary>How much memory a process uses, where the system says so.</summary>
/// <param name="PeakBytes">The largest resident set so far.</param>
/// <param name="ResidentBytes">The resident set now.</param>
internal readonly record struct MemoryReading(long PeakBytes, long ResidentBytes)
{
    /// <returns>Null when the process is gone, or the system has no <c>/proc</c>.</returns>
    public static MemoryReading? Of(int process)
    {
        try
        {
            using var file = File.OpenHandle($"/proc/{process}/status");
            Span<byte> text = stackalloc byte[4096];
            text = text[..RandomAccess.Read(file, text, 0)];
            var peak = KilobytesAfter(text, "VmHWM:"u8);
            return peak is null ? null : new MemoryReading(peak.Value << 10, (KilobytesAfter(text, "VmRSS:"u8) ?? 0) << 10);
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
