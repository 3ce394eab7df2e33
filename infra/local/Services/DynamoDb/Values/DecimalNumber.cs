using System.Globalization;
using System.Numerics;

namespace Isobar.Local.Services.DynamoDb.Values;

/// <summary>
/// DynamoDB's number: up to 38 significant decimal digits, magnitude 1E-130 to 9.99…E+125, or zero. Exact: it
/// compares and adds without rounding, and equal values have equal fields.
/// </summary>
/// <remarks>Source: Amazon DynamoDB Developer Guide, "Supported data types", Number.</remarks>
/// <param name="Digits">Without trailing zeros; carries the sign. 38 digits fit into 127 bits.</param>
/// <param name="Exponent">The value is <c>Digits × 10^Exponent</c>; zero for zero.</param>
internal readonly record struct DecimalNumber(Int128 Digits, int Exponent) : IComparable<DecimalNumber>
{
    private static readonly Int128[] PowersOfTen = Powers();

    /// <summary>Bytes that the number takes in an item: one for each two digits, one more, and one for a minus
    /// sign.</summary>
    /// <remarks>Source: Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats".</remarks>
    public int Size => Digits == 0 ? 1 : (CountDigits(Digits) + 1) / 2 + 1 + (Digits < 0 ? 1 : 0);

    /// <summary>The number that this text stands for, in decimal or scientific notation.</summary>
    /// <exception cref="Wire.AwsException">ValidationException: not a number, too many digits or out of
    /// range.</exception>
    public static DecimalNumber Parse(string text) => NumberText.Parse(text);

    public static DecimalNumber Of(int number)
    {
        var exponent = 0;
        for (; number != 0 && number % 10 == 0; number /= 10) exponent++;
        return new DecimalNumber(number, exponent);
    }

    /// <exception cref="Wire.AwsException">ValidationException: the sum has too many digits or is out of
    /// range.</exception>
    public static DecimalNumber operator +(DecimalNumber left, DecimalNumber right)
    {
        var exponent = Math.Min(left.Exponent, right.Exponent);
        var sum = Scale(left, exponent) + Scale(right, exponent);
        if (sum.IsZero) return default;
        while (true)
        {
            var tenth = BigInteger.DivRem(sum, 10, out var last);
            if (!last.IsZero) break;
            sum = tenth;
            exponent++;
        }

        var digits = BigInteger.Abs(sum).ToString(CultureInfo.InvariantCulture).Length;
        DynamoDbLimits.CheckNumber(digits, digits - 1 + exponent);
        return new DecimalNumber((Int128)sum, exponent);
    }

    public static DecimalNumber operator -(DecimalNumber left, DecimalNumber right) =>
        left + right with { Digits = -right.Digits };

    public int CompareTo(DecimalNumber other)
    {
        var sign = Int128.Sign(Digits);
        if (sign != Int128.Sign(other.Digits)) return sign.CompareTo(Int128.Sign(other.Digits));
        if (sign == 0) return 0;
        var (mine, theirs) = (CountDigits(Digits), CountDigits(other.Digits));
        var magnitude = (mine + Exponent).CompareTo(theirs + other.Exponent);
        if (magnitude != 0) return sign * magnitude;
        // Of equal magnitude, so filling the shorter one up with zeros aligns them within 38 digits.
        return (Digits * PowersOfTen[Math.Max(0, theirs - mine)])
            .CompareTo(other.Digits * PowersOfTen[Math.Max(0, mine - theirs)]);
    }

    /// <summary>Plain decimal notation, as DynamoDB returns numbers.</summary>
    public override string ToString()
    {
        var digits = Int128.Abs(Digits).ToString(CultureInfo.InvariantCulture);
        if (Exponent >= 0) digits += new string('0', Exponent);
        else if (-Exponent < digits.Length) digits = digits.Insert(digits.Length + Exponent, ".");
        else digits = $"0.{new string('0', -Exponent - digits.Length)}{digits}";
        return Digits < 0 ? "-" + digits : digits;
    }

    private static BigInteger Scale(DecimalNumber number, int exponent) =>
        (BigInteger)number.Digits * BigInteger.Pow(10, number.Exponent - exponent);

    private static int CountDigits(Int128 digits)
    {
        digits = Int128.Abs(digits);
        var count = 1;
        while (count < PowersOfTen.Length && digits >= PowersOfTen[count]) count++;
        return count;
    }

    private static Int128[] Powers()
    {
        var powers = new Int128[DynamoDbLimits.NumberDigits + 1];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
