using System.Text;

namespace Isobar.Local.Services.S3.Rest;

/// <summary>Values of user metadata that a header can't carry as they are: encoded words of RFC 2047.</summary>
/// <remarks>
/// Source: Amazon S3 User Guide, "User-defined object metadata": values are decoded before they are stored and encoded
/// before they are returned; its example shows that other bytes of a header are taken as ISO 8859-1. The choice of the
/// encoding is what AWS was recorded to make.
/// </remarks>
internal static class EncodedWord
{
    private const string Begin = "=?UTF-8?";
    private const string End = "?=";

    /// <summary>The value as S3 returns it: itself if it is plain text, otherwise one encoded word.</summary>
    public static string Encode(string value)
    {
        var others = value.Count(IsOther);
        if (others == 0) return value;
        var bytes = Encoding.UTF8.GetBytes(value);
        // AWS uses "Q" for a value that is mostly plain text, and "B" for others (recorded).
        return value.Length - others > others
            ? $"{Begin}Q?{string.Concat(bytes.Select(Quoted))}{End}"
            : $"{Begin}B?{Convert.ToBase64String(bytes)}{End}";
    }

    /// <summary>The text of a header that is one encoded word; any other header as it is.</summary>
    public static string Decode(string header)
    {
        if (!header.StartsWith(Begin, StringComparison.OrdinalIgnoreCase)
            || !header.EndsWith(End, StringComparison.Ordinal)
            || header.Length < Begin.Length + 2 + End.Length || header[Begin.Length + 1] != '?') return header;
        var text = header.AsSpan()[(Begin.Length + 2)..^End.Length];
        return char.ToUpperInvariant(header[Begin.Length]) switch
        {
            'Q' => Unquoted(text) ?? header,
            'B' => FromBase64(text) ?? header,
            _ => header,
        };
    }

    private static bool IsOther(char c) => c >= '\x7f' || (c < ' ' && c is not ('\r' or '\n' or '\t'));

    private static string Quoted(byte b) => b switch
    {
        (byte)' ' => "_",
        (byte)'=' or (byte)'_' or (byte)'?' or < (byte)' ' or >= 0x7f => $"={b:X2}",
        _ => ((char)b).ToString(),
    };

    private static string? Unquoted(ReadOnlySpan<char> text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '=')
            {
                bytes.Add(text[i] == '_' ? (byte)' ' : (byte)text[i]);
                continue;
            }

            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                return null;
            bytes.Add(Convert.FromHexString(text.Slice(i + 1, 2))[0]);
            i += 2;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string? FromBase64(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64Chars(text, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : null;
    }
}
