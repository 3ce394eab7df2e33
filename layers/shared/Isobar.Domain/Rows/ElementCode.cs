using System.Buffers.Binary;
using System.Text;

namespace Isobar.Domain;

/// <summary>A 4-character GHCN-Daily element such as <c>TMAX</c>, packed big-endian: order is ordinal.</summary>
public readonly record struct ElementCode(uint Packed) : IComparable<ElementCode>
{
    /// <summary>Characters in a code.</summary>
    public const int Length = 4;

    /// <summary>Highest temperature of the day.</summary>
    public static readonly ElementCode Tmax = Pack("TMAX"u8);

    /// <summary>Lowest temperature of the day.</summary>
    public static readonly ElementCode Tmin = Pack("TMIN"u8);

    /// <summary>Precipitation.</summary>
    public static readonly ElementCode Prcp = Pack("PRCP"u8);

    /// <summary>Snowfall.</summary>
    public static readonly ElementCode Snow = Pack("SNOW"u8);

    /// <summary>Snow depth.</summary>
    public static readonly ElementCode Snwd = Pack("SNWD"u8);

    /// <summary>
    /// Packs the first 4 bytes, which the caller has validated or is about to (<see cref="IsValid"/>).
    /// </summary>
    public static ElementCode Pack(ReadOnlySpan<byte> text) => new(BinaryPrimitives.ReadUInt32BigEndian(text));

    /// <summary>Whether the text is 4 characters of A–Z and 0–9.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text) =>
        text.Length == Length && !text.ContainsAnyExcept(AsciiSets.ElementCharacters);

    /// <summary>Writes the 4 characters.</summary>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt32BigEndian(destination, Packed);

    /// <inheritdoc/>
    public int CompareTo(ElementCode other) => Packed.CompareTo(other.Packed);

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[Length];
        CopyTo(text);
        return Encoding.ASCII.GetString(text);
    }
}
