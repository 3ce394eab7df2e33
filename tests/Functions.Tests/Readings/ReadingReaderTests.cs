using System.Text;
using Isobar.Readings;

namespace Isobar.Functions.Tests.Readings;

public sealed class ReadingReaderTests
{
    private const string Right =
        """{"station":"USW00094728","element":"TOBS","value":21.4,"at":"2026-11-30T18:00:00Z"}""";

    [Fact]
    public void A_reading_comes_back_from_its_JSON_as_it_went()
    {
        var reading = new Reading(
            "USW00094728", "AWND", -1_005, new DateTimeOffset(2026, 11, 30, 18, 0, 0, 250, TimeSpan.Zero));
        Assert.Equal(
            """{"station":"USW00094728","element":"AWND","value":-1.005,"at":"2026-11-30T18:00:00.25Z"}""",
            Encoding.UTF8.GetString(reading.ToJson()));
        Assert.Equal(reading, ReadingReader.TryRead(reading.ToJson(), out _));
    }

    [Theory]
    [InlineData("21.4", 21_400)]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("-999999.999", -999_999_999)]
    [InlineData("1.500", 1_500)]
    [InlineData("1e2", 100_000)]
    public void A_value_is_a_number_with_at_most_three_decimals(string value, long thousandths) =>
        Assert.Equal(thousandths, Read(Right.Replace("21.4", value))!.Thousandths);

    [Theory]
    [InlineData("2026-11-30T18:00:00+01:30", "2026-11-30T16:30:00.000Z")]
    [InlineData("2026-11-30T18:00:00.5Z", "2026-11-30T18:00:00.500Z")]
    [InlineData("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z")]
    public void A_time_is_taken_in_UTC(string at, string utc)
    {
        var reading = Read(Right.Replace("2026-11-30T18:00:00Z", at))!;
        Assert.Equal((utc, TimeSpan.Zero), ($"{reading.At:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}", reading.At.Offset));
    }

    [Theory]
    [InlineData("\"USW00094728\"", "\"usw00094728\"", "station")]
    [InlineData("\"USW00094728\"", "\"USW0009472\"", "station")]
    [InlineData("\"USW00094728\"", "\"USW0009472\\u00df\"", "station")]
    [InlineData("\"USW00094728\"", "\"\\ud800SW0009472\"", "station")]
    [InlineData("\"USW00094728\"", "7", "station")]
    [InlineData("\"TOBS\"", "\"WT01\"", "element")]
    [InlineData("\"TOBS\"", "\"tobs\"", "element")]
    [InlineData("\"TOBS\"", "null", "element")]
    [InlineData("21.4", "\"21.4\"", "value")]
    [InlineData("21.4", "1000000", "value")]
    [InlineData("21.4", "0.0005", "value")]
    [InlineData("21.4", "1e400", "value")]
    [InlineData("21.4", "null", "value")]
    [InlineData("21.4", "[21.4]", "value")]
    [InlineData("2026-11-30T18:00:00Z", "2026-11-30T18:00:00", "at ")]
    [InlineData("2026-11-30T18:00:00Z", "2026-11-31T18:00:00Z", "at ")]
    [InlineData("2026-11-30T18:00:00Z", "2026-11-30T18:00:00.0001Z", "at ")]
    [InlineData("2026-11-30T18:00:00Z", "1969-12-31T23:59:59Z", "at ")]
    [InlineData("2026-11-30T18:00:00Z", "2026-11-30 18:00:00Z", "at ")]
    [InlineData("\"2026-11-30T18:00:00Z\"", "1796061600", "at ")]
    [InlineData("}", ""","unit":"C"}""", "object")]
    [InlineData("}", ""","value":1}""", "object")]
    [InlineData(""","value":21.4""", "", "object")]
    [InlineData("\"element\"", "\"Element\"", "object")]
    [InlineData("\"element\"", "\"\\ud800\"", "object")]
    [InlineData("}", "}}", "JSON")]
    [InlineData("}", "} ,", "JSON")]
    [InlineData("21.4", "NaN", "JSON")]
    [InlineData("21.4", "021.4", "JSON")]
    [InlineData("21.4", "[[[[[]]]]]", "JSON")]
    public void What_is_not_exactly_a_reading_is_none_and_the_problem_says_why(string part, string other, string word)
    {
        Assert.NotNull(Read(Right));
        var json = Right.Replace(part, other);
        Assert.NotEqual(Right, json);
        Assert.Null(ReadingReader.TryRead(Encoding.UTF8.GetBytes(json), out var problem));
        Assert.Contains(word, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_024, true)]
    [InlineData(1_025, false)]
    public void A_reading_has_at_most_1024_bytes(int length, bool taken)
    {
        var padded = Right + new string(' ', length - Right.Length);
        Assert.Equal(taken, Read(padded) is not null);
    }

    [Fact]
    public void A_reading_may_be_ten_minutes_ahead_of_a_clock_and_not_more()
    {
        var reading = Read(Right)!;
        Assert.False(reading.IsAheadOf(reading.At - TimeSpan.FromMinutes(10)));
        Assert.True(reading.IsAheadOf(reading.At - TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void Every_element_has_a_unit() =>
        Assert.All(
            Reading.Elements, element => Assert.Contains(Reading.UnitOf(element), (string[])["°C", "mm", "m/s"]));

    private static Reading? Read(string json) => ReadingReader.TryRead(Encoding.UTF8.GetBytes(json), out _);
}
