using System.Text;

namespace Isobar.Local.Services.S3.Rest;

/// <summary>Percent-encoding as S3 does it in listings (<c>encoding-type=url</c>) and events, and its
/// undoing.</summary>
internal static class UrlText
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Space becomes <c>+</c>; letters, digits and <c>-_.*/</c> stay; every other UTF-8 byte becomes
    /// %XX.</summary>
    /// <remarks>Source: Amazon S3 API Reference, ListObjectsV2 (EncodingType); recorded events of real S3.</remarks>
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '*' or '/') encoded.Append(c);
            else if (c == ' ') encoded.Append('+');
            else encoded.Append('%').Append(b.ToString("X2"));
        }

        return encoded.ToString();
    }

    /// <summary>Decodes percent escapes once.</summary>
    /// <param name="plusIsSpace">True in queries, false in paths.</param>
    /// <returns>Null when an escape is malformed or the bytes are not UTF-8.</returns>
    public static string? TryDecode(ReadOnlySpan<char> text, bool plusIsSpace)
    {
        if (text.IndexOfAny('%', '+') < 0 && !text.ContainsAnyExceptInRange('\0', '\x7f')) return text.ToString();
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                    return null;
                bytes[count++] = Convert.FromHexString(text.Slice(i + 1, 2))[0];
                i += 2;
            }
            else if (text[i] == '+' && plusIsSpace)
            {
                bytes[count++] = (byte)' ';
            }
            else
            {
                count += Encoding.UTF8.GetBytes(text.Slice(i, 1), bytes.AsSpan(count));
            }
        }

        try
        {
            return Strict.GetString(bytes, 0, count);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
