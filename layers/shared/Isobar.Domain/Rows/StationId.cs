using System.Buffers.Binary;
using System.Text;

namespace Isobar.Domain;

/// <summary>
/// An 11-character GHCN-Daily station id, packed so that comparing numbers compares the text ordinally.
/// </summary>
public readonly record struct StationId : IComparable<StationId>
{
    /// <summary>Characters in an id; the first two name the country.</summary>
    public const int Length = 11;

    private readonly ulong first;
    private readonly uint last;

    private StationId(ulong first, uint last) => (this.first, this.last) = (first, last);

    /// <summary>
    /// Packs the first 11 bytes, which the caller has validated or is about to (<see cref="IsValid"/>).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 11 bytes.</exception>
    public static StationId Pack(ReadOnlySpan<byte> text) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(text), BinaryPrimitives.ReadUInt32BigEndian(text[7..]));

    /// <summary>Whether the text is 11 characters of A–Z, 0–9, <c>_</c> and <c>-</c>.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text) =>
        text.Length == Length && !text.ContainsAnyExcept(AsciiSets.StationCharacters);

    /// <summary>Writes the 11 characters.</summary>
    public void CopyTo(Span<byte> destination)
    {
        // The two words overlap by one byte, which saves shifting here and in Pack.
        BinaryPrimitives.WriteUInt64BigEndian(destination, first);
        BinaryPrimitives.WriteUInt32BigEndian(destination[7..], last);
    }

    /// <inheritdoc/>
    public int CompareTo(StationId other)
    {
        var first = this.first.CompareTo(other.first);
        return first != 0 ? first : last.CompareTo(other.last);
    }

    /// <summary>
    /// A well-mixed hash for tables in memory; not stable across versions, unlike <see cref="Shard"/>.
    /// </summary>
    public override int GetHashCode()
    {
        var mixed = (first ^ ((ulong)last << 29)) * 0x9E3779B97F4A7C15UL;
        return (int)(mixed >> 32);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[Length];
        CopyTo(text);
        return Encoding.ASCII.GetString(text);
    }
}
