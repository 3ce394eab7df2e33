using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Isobar.Domain;

/// <summary>
/// Reads well-formed rows of the usual shape by position: the first three fields have fixed widths, so no comma is
/// searched for. It only ever says "yes" where <see cref="AnyRow"/> says the same (a test compares them); on anything
/// unusual it says "no" and AnyRow decides.
/// </summary>
internal static class CommonRow
{
    private const int DateAt = 12, ElementAt = 21, ValueAt = 26;

    // The shortest: three fixed fields, a one-digit value and three empty flags.
    private const int MinBytes = ValueAt + 4;

    public static bool TryRead(ReadOnlySpan<byte> row, out Observation observation)
    {
        Unsafe.SkipInit(out observation);
        if (row.Length is < MinBytes or > 64
            || row[DateAt - 1] != ',' || row[ElementAt - 1] != ',' || row[ValueAt - 1] != ','
            || !HasStation(row)
            || !TryReadDate(BinaryPrimitives.ReadUInt64LittleEndian(row[DateAt..]), ref observation)
            || !HasElement(row))
        {
            return false;
        }

        observation.Station = StationId.Pack(row);
        observation.Element = ElementCode.Pack(row[ElementAt..]);
        return TryReadRest(row[ValueAt..], ref observation);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasStation(ReadOnlySpan<byte> row)
    {
        var allowed = true;
        for (var at = 0; at < StationId.Length; at++) allowed &= (Kinds[row[at]] & StationKind) != 0;
        return allowed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasElement(ReadOnlySpan<byte> row) =>
        (Kinds[row[ElementAt]] & Kinds[row[ElementAt + 1]] & Kinds[row[ElementAt + 2]] & Kinds[row[ElementAt + 3]]
            & ElementKind) != 0;

    /// <summary>Eight digits at once: two to a byte pair, then two pairs to a number.</summary>
    private static bool TryReadDate(ulong text, ref Observation observation)
    {
        const ulong zeros = 0x3030303030303030, high = 0xF0F0F0F0F0F0F0F0;
        var digits = text - zeros;
        if ((text & high) != zeros || ((digits + 0x0606060606060606) & high) != 0) return false;

        // Little-endian, so the first digit of a pair is the low byte: low * 10 + high.
        var pairs = (digits * 10 + (digits >> 8)) & 0x00FF00FF00FF00FF;
        observation.Year = (int)(pairs & 0xFF) * 100 + (int)(pairs >> 16 & 0xFF);
        observation.Month = (int)(pairs >> 32 & 0xFF);
        observation.Day = (int)(pairs >> 48 & 0xFF);
        return Calendar.HasYear(observation.Year)
            && Calendar.HasDay(observation.Year, observation.Month, observation.Day);
    }

    /// <summary>Value, three flags and the time; <paramref name="rest"/> begins at the value.</summary>
    private static bool TryReadRest(ReadOnlySpan<byte> rest, ref Observation observation)
    {
        var at = rest[0] == '-' ? 1 : 0;
        var first = at;
        var value = 0;
        while (at < rest.Length && AsciiSets.IsDigit(rest[at]))
        {
            value = value * 10 + (rest[at++] - '0');
            if (at - first > 6) return false;
        }

        if (at == first) return false;
        observation.Value = first == 0 ? value : -value;
        if (!TryReadFlag(rest, ref at, out observation.Measurement)
            || !TryReadFlag(rest, ref at, out observation.Quality)
            || !TryReadFlag(rest, ref at, out observation.Source))
        {
            return false;
        }

        observation.Time = Observation.NoTime;
        if (at == rest.Length) return true;
        return rest[at] == ',' && TryReadTime(rest[(at + 1)..], ref observation);
    }

    /// <summary>A comma, then nothing or one ASCII character before the next comma or the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadFlag(ReadOnlySpan<byte> rest, ref int at, out Flag flag)
    {
        flag = default;
        if (at >= rest.Length || rest[at] != ',') return false;
        at++;
        if (at == rest.Length || rest[at] == ',') return true;
        if (rest[at] >= 0x80) return false;
        flag = Flag.Ascii(rest[at++]);
        return true;
    }

    private static bool TryReadTime(ReadOnlySpan<byte> text, ref Observation observation)
    {
        if (text.IsEmpty) return true;
        if (text.Length != 4 || !AsciiSets.AllDigits(text)) return false;
        observation.Time = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
        return observation.Time <= 2400;
    }

    private const byte ElementKind = 1, StationKind = 2;

    private static readonly byte[] Kinds = BuildKinds();

    private static byte[] BuildKinds()
    {
        var kinds = new byte[256];
        for (var character = 0; character < 128; character++)
        {
            if (AsciiSets.IsElementCharacter((byte)character)) kinds[character] = ElementKind | StationKind;
        }

        kinds['_'] = kinds['-'] = StationKind;
        return kinds;
    }
}
