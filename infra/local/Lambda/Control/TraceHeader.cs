using System.Buffers;
using System.Globalization;
using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Control;

/// <summary>The <c>X-Amzn-Trace-Id</c> header.</summary>
/// <remarks>
/// Source: AWS X-Ray Developer Guide, "Tracing header"; without an upstream decision Lambda makes an unsampled one.
/// </remarks>
internal static class TraceHeader
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>
    /// Rebuilds the caller's header as <c>Root=…;Parent=…;Sampled=…</c>, or makes a new one without a Root.
    /// </summary>
    /// <param name="now">Real or service time: the root begins with its second.</param>
    public static string Rebuild(string? header, Identifiers identifiers, DateTimeOffset now)
    {
        string? root = null, parent = null, sampled = null;
        foreach (var part in (header ?? "").Split(';', StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("Root=", StringComparison.Ordinal) && IsRoot(part.AsSpan(5))) root = part;
            else if (part.StartsWith("Parent=", StringComparison.Ordinal) && IsHex(part.AsSpan(7), 16)) parent = part;
            else if (part is "Sampled=0" or "Sampled=1") sampled = part;
        }

        root ??= string.Create(CultureInfo.InvariantCulture,
            $"Root=1-{now.ToUnixTimeSeconds():x8}-{identifiers.NewHex(12)}");
        return $"{root};{parent ?? "Parent=" + identifiers.NewHex(8)};{sampled ?? "Sampled=0"}";
    }

    /// <summary><c>1-</c>, the second in 8 hexadecimal digits, <c>-</c>, 24 digits.</summary>
    private static bool IsRoot(ReadOnlySpan<char> text) =>
        text.Length == 35 && text.StartsWith("1-") && IsHex(text[2..10], 8) && text[10] == '-' && IsHex(text[11..], 24);

    private static bool IsHex(ReadOnlySpan<char> text, int length) =>
        text.Length == length && !text.ContainsAnyExcept(HexDigits);
}
