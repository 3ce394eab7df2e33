using System.Text;

namespace Isobar.Domain;

/// <summary>
/// A measurement, quality or source flag: one Unicode character, or none, which the file may write as spaces.
/// </summary>
public readonly record struct Flag
{
    // Shifted by one so that the default value is the empty flag.
    private readonly int scalarPlusOne;

    private Flag(Rune character) => scalarPlusOne = character.Value + 1;

    /// <summary>Whether the field held nothing, or nothing but spaces.</summary>
    public bool IsEmpty => scalarPlusOne == 0;

    /// <summary>The character of a flag that is not empty.</summary>
    public Rune Character => new(scalarPlusOne - 1);

    /// <summary>A flag of one ASCII character; a space is no flag.</summary>
    internal static Flag Ascii(byte character) => character == ' ' ? default : new(new Rune((char)character));

    /// <summary>Reads a field of any length.</summary>
    /// <returns>False if the field is not UTF-8 or holds more than one character, spaces alone excepted.</returns>
    public static bool TryRead(ReadOnlySpan<byte> field, out Flag flag)
    {
        flag = default;
        if (field.TrimStart((byte)' ').IsEmpty) return true;
        if (Rune.DecodeFromUtf8(field, out var character, out var consumed) != System.Buffers.OperationStatus.Done
            || consumed != field.Length)
        {
            return false;
        }

        flag = new Flag(character);
        return true;
    }
}
