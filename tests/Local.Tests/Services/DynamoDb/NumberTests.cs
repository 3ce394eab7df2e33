using System.Globalization;
using System.Numerics;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.DynamoDb;

public sealed class NumberTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("0e999999999999", "0")]
    [InlineData("007", "7")]
    [InlineData("+1.50", "1.5")]
    [InlineData("-1.50e1", "-15")]
    [InlineData("1e10", "10000000000")]
    [InlineData("1e-5", "0.00001")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("123.456e2", "12345.6")]
    [InlineData("99999999999999999999999999999999999999", "99999999999999999999999999999999999999")]
    [InlineData("0.000100", "0.0001")]
    public void A_number_comes_back_in_plain_notation_without_needless_zeros(string text, string plain) =>
        Assert.Equal(plain, DecimalNumber.Parse(text).ToString());

    [Theory]
    [InlineData("", "The parameter cannot be converted to a numeric value")]
    [InlineData("b", "The parameter cannot be converted to a numeric value: b")]
    [InlineData(" 1", "The parameter cannot be converted to a numeric value:  1")]
    [InlineData("1e", "The parameter cannot be converted to a numeric value: 1e")]
    [InlineData("--1", "The parameter cannot be converted to a numeric value: --1")]
    [InlineData("1.2.3", "The parameter cannot be converted to a numeric value: 1.2.3")]
    [InlineData(".", "The parameter cannot be converted to a numeric value: .")]
    [InlineData("NaN", "The parameter cannot be converted to a numeric value: NaN")]
    [InlineData("1e126", "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("1e99999999999999",
        "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("1e-131", "Number underflow. Attempting to store a number with magnitude smaller than supported range")]
    [InlineData("123456789012345678901234567890123456789",
        "Attempting to store more than 38 significant digits in a Number")]
    public void A_text_that_is_no_number_of_dynamodb_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<AwsException>(() => DecimalNumber.Parse(text)).Message);

    [Fact]
    public void The_largest_and_the_smallest_magnitudes_are_kept()
    {
        Assert.Equal("1" + new string('0', 125), DecimalNumber.Parse("1e125").ToString());
        Assert.Equal("-0." + new string('0', 129) + "1", DecimalNumber.Parse("-1e-130").ToString());
    }

    [Fact]
    public void A_sum_that_needs_more_than_38_digits_is_refused_and_not_rounded()
    {
        var error = Assert.Throws<AwsException>(() => DecimalNumber.Parse("1e37") + DecimalNumber.Parse("0.1"));
        Assert.Equal("Attempting to store more than 38 significant digits in a Number", error.Message);
        Assert.Equal("Number overflow. Attempting to store a number with magnitude larger than supported range",
            Assert.Throws<AwsException>(() => DecimalNumber.Parse("9e125") + DecimalNumber.Parse("1e125")).Message);
    }

    [Fact]
    public void Sums_differences_and_order_are_exact()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++)
        {
            var (a, b) = (Scaled(random), Scaled(random));
            var (left, right) = (Number(a), Number(b));
            Assert.Equal(a.CompareTo(b), left.CompareTo(right));
            Assert.Equal(a == b, left == right);
            Assert.Equal(Number(a + b), left + right);
            Assert.Equal(Number(a - b), left - right);
            Assert.Equal(left, DecimalNumber.Parse(left.ToString()));
        }
    }

    // Whole numbers of at most 30 digits, which stand for themselves times 10^-12.
    private static BigInteger Scaled(Random random)
    {
        var digits = new byte[random.Next(1, 12)];
        random.NextBytes(digits);
        return new BigInteger(digits) * BigInteger.Pow(10, random.Next(0, 4));
    }

    private static DecimalNumber Number(BigInteger scaled) =>
        DecimalNumber.Parse(scaled.ToString(CultureInfo.InvariantCulture) + "e-12");
}
