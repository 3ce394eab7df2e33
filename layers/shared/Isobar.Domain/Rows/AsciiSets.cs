using System.Buffers;

namespace Isobar.Domain;

/// <summary>The character sets of the row format.</summary>
internal static class AsciiSets
{
    public static readonly SearchValues<byte> StationCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"u8);

    public static readonly SearchValues<byte> ElementCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);

    public static bool IsDigit(byte character) => (uint)(character - '0') <= 9;

    public static bool AllDigits(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    public static bool IsElementCharacter(byte character) =>
        IsDigit(character) || (uint)(character - 'A') <= 'Z' - 'A';
}
