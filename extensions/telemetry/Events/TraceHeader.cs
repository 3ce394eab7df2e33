using System.Globalization;

namespace Isobar.Telemetry.Events;

/// <summary>The ids in the trace header of an invocation.</summary>
/// <param name="TraceId">16 bytes; the first four are the seconds since 1970 when the trace began.</param>
/// <param name="ParentId">8 bytes; zero if the header names no parent.</param>
internal readonly record struct TraceHeader(UInt128 TraceId, ulong ParentId, bool IsSampled)
{
    private const int TimeDigits = 8, RestDigits = 24, ParentDigits = 16;

    /// <param name="header">
    /// Such as <c>Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1</c>.
    /// </param>
    /// <returns>Null if it has no valid root.</returns>
    /// <remarks>
    /// Source: AWS X-Ray developer guide, "Tracing header"; the same digits without hyphens are the W3C trace id, by
    /// "Sending trace data to X-Ray".
    /// </remarks>
    public static TraceHeader? Parse(ReadOnlySpan<char> header)
    {
        UInt128 root = 0;
        ulong parent = 0;
        var sampled = false;
        foreach (var range in header.Split(';'))
        {
            var part = header[range].Trim();
            var equals = part.IndexOf('=');
            if (equals < 0) continue;
            var value = part[(equals + 1)..];
            switch (part[..equals])
            {
                case "Root":
                    root = Root(value);
                    break;
                case "Parent" when value.Length == ParentDigits:
                    _ = ulong.TryParse(value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out parent);
                    break;
                case "Sampled":
                    sampled = value is "1";
                    break;
            }
        }

        return root == 0 ? null : new TraceHeader(root, parent, sampled);
    }

    // Version 1, a hyphen, 8 digits, a hyphen, 24 digits.
    private static UInt128 Root(ReadOnlySpan<char> text)
    {
        if (text.Length != TimeDigits + RestDigits + 3 || !text.StartsWith("1-")
            || text[2 + TimeDigits] != '-') return 0;
        var isHex = uint.TryParse(
            text.Slice(2, TimeDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var time)
            & UInt128.TryParse(
                text[(3 + TimeDigits)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rest);
        return isHex ? ((UInt128)time << (RestDigits * 4)) | rest : 0;
    }
}
