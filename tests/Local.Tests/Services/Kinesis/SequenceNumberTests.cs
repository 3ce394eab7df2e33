using System.Numerics;
using Isobar.Local.Services.Kinesis;

namespace Isobar.Local.Tests.Services.Kinesis;

public sealed class SequenceNumberTests
{
    [Fact]
    public void Numbers_have_56_digits_and_are_read_back()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 1_000; i++)
        {
            var second = random.NextInt64(1_700_000_000, 4_000_000_000);
            var number = new SequenceNumber(
                second, random.Next(), random.NextInt64(long.MaxValue), second + random.Next());

            Assert.Equal(56, number.ToString().Length);
            Assert.Equal(number, SequenceNumber.Parse(number.ToString()));
        }
    }

    [Fact]
    public void The_numbers_of_a_shard_increase_whatever_the_time_and_a_childs_are_larger()
    {
        var numbers = new[]
        {
            new SequenceNumber(100, 0, 0, 100), new SequenceNumber(100, 0, 1, 900), new SequenceNumber(100, 0, 2, 150),
            SequenceNumber.EndOf(100, 0, 120), new SequenceNumber(101, 1, 0, 101),
        }.Select(number => BigInteger.Parse(number.ToString(), null)).ToList();

        Assert.Equal(numbers.Order(), numbers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("49")]
    [InlineData("-5")]
    [InlineData("49543463076548007577105092703039560359975228518395012686")]
    [InlineData("99999999999999999999999999999999999999999999999999999999999999999999999999999999999999")]
    public void What_no_stream_of_this_host_has_written_is_not_read(string text) =>
        Assert.Null(SequenceNumber.Parse(text));
}
