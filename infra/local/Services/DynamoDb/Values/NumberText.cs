namespace Isobar.Local.Services.DynamoDb.Values;

/// <summary>Reads a number's text: sign, digits with at most one point, exponent.</summary>
internal static class NumberText
{
    // Beyond any exponent that is in range, so that arithmetic on exponents cannot overflow.
    private const int FarExponent = 100_000_000;

    public static DecimalNumber Parse(string text)
    {
        if (text.Length == 0) throw DynamoDbErrors.EmptyNumber();
        var rest = text.AsSpan();
        var negative = rest[0] == '-';
        if (rest[0] is '-' or '+') rest = rest[1..];
        var mark = rest.IndexOfAny('e', 'E');
        var mantissa = mark < 0 ? rest : rest[..mark];
        if (!TryReadMantissa(mantissa, out var digits, out var count, out var exponent)
            || !TryReadExponent(mark < 0 ? "0" : rest[(mark + 1)..], out var scale))
            throw DynamoDbErrors.NotANumber(text);
        if (count == 0) return default;
        exponent += scale;
        DynamoDbLimits.CheckNumber(count, count - 1 + exponent);
        return new DecimalNumber(negative ? -digits : digits, exponent);
    }

    // Zeros in front are skipped; zeros at the end become the exponent.
    private static bool TryReadMantissa(ReadOnlySpan<char> text, out Int128 digits, out int count, out int exponent)
    {
        (digits, count, exponent) = (0, 0, 0);
        var (seen, zeros, point) = (0, 0, -1);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '.' && point < 0)
            {
                point = i;
                continue;
            }

            if (!char.IsAsciiDigit(text[i])) return false;
            seen++;
            if (text[i] == '0')
            {
                if (count > 0) zeros++;
                continue;
            }

            if (count + zeros + 1 <= DynamoDbLimits.NumberDigits)
            {
                for (; zeros > 0; zeros--, count++) digits *= 10;
                digits = digits * 10 + (text[i] - '0');
            }

            count += zeros + 1;
            zeros = 0;
        }

        exponent = zeros - (point < 0 ? 0 : text.Length - point - 1);
        return seen > 0;
    }

    private static bool TryReadExponent(ReadOnlySpan<char> text, out int exponent)
    {
        exponent = 0;
        var negative = text is ['-', ..];
        if (text is ['-' or '+', ..]) text = text[1..];
        if (text.IsEmpty) return false;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character)) return false;
            exponent = Math.Min(FarExponent, exponent * 10 + (character - '0'));
        }

        if (negative) exponent = -exponent;
        return true;
    }
}
