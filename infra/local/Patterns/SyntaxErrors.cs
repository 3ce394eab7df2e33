using System.Text;

namespace Isobar.Local.Patterns;

/// <summary>AWS's error texts for a source that is not JSON.</summary>
/// <remarks>The two most common texts are recorded from AWS; the others are written in the same way.</remarks>
internal static class SyntaxErrors
{
    private const string Values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

    /// <param name="consumed">Bytes that were understood.</param>
    public static PatternException At(ReadOnlySpan<byte> text, int consumed, string source)
    {
        var offset = consumed;
        while (offset < text.Length && text[offset] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'
            or (byte)',' or (byte)':') offset++;
        if (offset >= text.Length) return Made("Unexpected end-of-input", text, text.Length, source);
        var before = text[..offset].TrimEnd(" \t\r\n"u8);
        Rune.DecodeFromUtf8(text[offset..], out var character, out _);
        if (before is [.., (byte)'{'] && text[offset] is not ((byte)'"' or (byte)'}'))
        {
            return Made(
                $"Unexpected character ('{character}' (code {character.Value})): "
                    + "was expecting double-quote to start field name",
                text, offset, source);
        }

        var word = text[offset..];
        var length = 0;
        while (length < word.Length && IsWord(word[length])) length++;
        if (length > 0 && !char.IsAsciiDigit((char)word[0]))
        {
            return Made($"Unrecognized token '{Encoding.UTF8.GetString(word[..length])}': was expecting {Values}",
                text, offset + length, source);
        }

        return Made($"Unexpected character ('{character}' (code {character.Value})): expected a valid value {Values}",
            text, offset, source);
    }

    private static bool IsWord(byte character) =>
        char.IsAsciiLetterOrDigit((char)character) || character is (byte)'_' or (byte)'$';

    private static PatternException Made(string reason, ReadOnlySpan<byte> text, int offset, string source) =>
        new(reason, PatternTokens.PlaceOf(text, offset), source) { IsSyntax = true };
}
