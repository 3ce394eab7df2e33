using System.Text;

namespace Isobar.Domain;

/// <summary>A measurement, quality or source flag: empty, or one Unicode character.</summary>
public readonly record struct Flag
{
    // Shifted by one so that the default value is the empty flag.
    private readonly int scalarPlusOne;

    private Flag(Rune character) => scalarPlusOne = character.Value + 1;

    /// <summary>Whether the field held nothing.</summary>
    public bool IsEmpty => scalarPlusOne == 0;

    /// <summary>The character of a flag that is not empty.</summary>
    public Rune Character => new(scalarPlusOne - 1);

    /// <summary>A flag of one ASCII character.</summary>
    internal static Flag Ascii(byte character) => new(new Rune((char)character));

    /// <summary>Reads a field of any length.</summary>
    /// <returns>False if the field is not UTF-8 or holds more than one character.</returns>
    public static bool TryRead(ReadOnlySpan<byte> field, out Flag flag)
    {
        flag = default;
        if (field.IsEmpty) return true;
        if (Rune.DecodeFromUtf8(field, out var character, out var consumed) != System.Buffers.OperationStatus.Done
            || consumed != field.Length)
        {
            return false;
        }

        flag = new Flag(character);
        return true;
    }
}
