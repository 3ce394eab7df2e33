using System.Text;

namespace Isobar.Local.Wire;

/// <summary>The text of header values. The servers read and write every value as ISO 8859-1, one character for a byte,
/// so that a value passes through unharmed whatever its encoding is; who needs text decodes it here.</summary>
/// <remarks>Source: RFC 9110, section 5.5: bytes that are not ASCII are opaque data.</remarks>
internal static class HeaderText
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a value: UTF-8 if it is that, otherwise ISO 8859-1.</summary>
    /// <param name="value">One character for a byte.</param>
    public static string Decode(string value)
    {
        if (Ascii.IsValid(value)) return value;
        try
        {
            return Strict.GetString(Encoding.Latin1.GetBytes(value));
        }
        catch (DecoderFallbackException)
        {
            return value;
        }
    }

    /// <summary>One character for each byte of the text in UTF-8.</summary>
    public static string Encode(string text) =>
        Ascii.IsValid(text) ? text : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
