using System.Text;

namespace Isobar.Domain;

/// <summary>The rules of the row format, field by field, for every possible input: the definition.</summary>
internal static class AnyRow
{
    private const int MaxFields = 8;

    public static RowRule Read(ReadOnlySpan<byte> row, out Observation observation)
    {
        observation = default;
        if (row.Length > RowParser.MaxRowBytes) return RowRule.RowLength;
        if (row.StartsWith("ID,"u8)) return RowRule.RowHeader;

        Span<Range> fields = stackalloc Range[MaxFields + 1];
        var count = Split(row, fields);
        if (count is not (MaxFields or MaxFields - 1)) return RowRule.RowFields;

        var rule = ReadKey(row[fields[0]], row[fields[1]], row[fields[2]], ref observation);
        if (rule != RowRule.None) return rule;
        if (!TryReadValue(row[fields[3]], out observation.Value)) return RowRule.ValueFormat;
        if (!Flag.TryRead(row[fields[4]], out observation.Measurement)) return RowRule.MeasurementFlagLength;
        if (!Flag.TryRead(row[fields[5]], out observation.Quality)) return RowRule.QualityFlagLength;
        if (!Flag.TryRead(row[fields[6]], out observation.Source)) return RowRule.SourceFlagLength;
        return ReadTime(count == MaxFields ? row[fields[7]] : default, out observation.Time);
    }

    /// <summary>Fields found; one more than allowed is enough to know, so it stops there.</summary>
    private static int Split(ReadOnlySpan<byte> row, Span<Range> fields)
    {
        var start = 0;
        for (var count = 0; count < fields.Length; count++)
        {
            var comma = row[start..].IndexOf((byte)',');
            if (comma < 0)
            {
                fields[count] = start..row.Length;
                return count + 1;
            }

            fields[count] = start..(start + comma);
            start += comma + 1;
        }

        return fields.Length;
    }

    private static RowRule ReadKey(
        ReadOnlySpan<byte> id, ReadOnlySpan<byte> date, ReadOnlySpan<byte> element, ref Observation observation)
    {
        if (id.Length != StationId.Length) return RowRule.IdLength;
        if (!StationId.IsValid(id)) return RowRule.IdCharacters;
        if (date.Length != 8 || !AsciiSets.AllDigits(date)) return RowRule.DateFormat;

        observation.Year = Number(date[..4]);
        observation.Month = Number(date[4..6]);
        observation.Day = Number(date[6..]);
        if (!Calendar.HasYear(observation.Year)) return RowRule.DateYear;
        if (!Calendar.HasDay(observation.Year, observation.Month, observation.Day)) return RowRule.DateCalendar;
        if (element.Length != ElementCode.Length) return RowRule.ElementLength;
        if (!ElementCode.IsValid(element)) return RowRule.ElementCharacters;

        observation.Station = StationId.Pack(id);
        observation.Element = ElementCode.Pack(element);
        return RowRule.None;
    }

    private static bool TryReadValue(ReadOnlySpan<byte> field, out int value)
    {
        value = 0;
        var negative = field.StartsWith("-"u8);
        var digits = negative ? field[1..] : field;
        if (digits.Length is < 1 or > 6 || !AsciiSets.AllDigits(digits)) return false;
        value = negative ? -Number(digits) : Number(digits);
        return true;
    }

    private static RowRule ReadTime(ReadOnlySpan<byte> field, out int time)
    {
        time = Observation.NoTime;
        if (field.TrimStart((byte)' ').IsEmpty) return RowRule.None;
        if (field.Length != 4 || !AsciiSets.AllDigits(field)) return RowRule.TimeFormat;
        time = Number(field);
        return time <= 2400 ? RowRule.None : RowRule.TimeRange;
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits) number = number * 10 + (digit - '0');
        return number;
    }
}
