using Isobar.Local.Experiments;

namespace Isobar.Local.Tests.Experiments;

/// <summary>The intervals, against values that were published for them.</summary>
public sealed class IntervalTests
{
    private const double HalfOfTheLastDigit = 0.00005;

    // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), Table I,
    // method 3. Calculated again in another way, in Python: the roots of |p - t| = z sqrt(t (1 - t) / n) by bisection.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Of_one_share_it_is_as_published(long count, long of, double low, double high) =>
        AssertIs(low, high, new Share(count, of).Wilson);

    // Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17
    // (1998), Table II, method 10. Calculated again from the roots above; all digits are the same.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    public void Of_a_difference_it_is_as_published(
        long count, long of, long otherCount, long otherOf, double low, double high)
    {
        AssertIs(low, high, new Share(count, of).Minus(new Share(otherCount, otherOf)));
        AssertIs(-high, -low, new Share(otherCount, otherOf).Minus(new Share(count, of)));
    }

    [Fact]
    public void Ninety_five_of_a_hundred_intervals_have_the_true_difference()
    {
        const int seed = 20261130;
        const int trials = 20_000;
        var random = new Random(seed);
        var held = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            var interval = Drawn(random, 400, 0.12).Minus(Drawn(random, 100, 0.2));
            if (interval.Low <= -0.08 && -0.08 <= interval.High) held++;
        }

        // Three standard deviations of the count are 0.5 points; the method keeps to its confidence within one.
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}: {(double)held / trials:P2}");
        Assert.InRange((double)held / trials, 0.94, 0.965);
    }

    private static Share Drawn(Random random, int of, double share) =>
        new(Enumerable.Range(0, of).Count(_ => random.NextDouble() < share), of);

    private static void AssertIs(double low, double high, Interval interval)
    {
        Assert.InRange(interval.Low, low - HalfOfTheLastDigit, low + HalfOfTheLastDigit);
        Assert.InRange(interval.High, high - HalfOfTheLastDigit, high + HalfOfTheLastDigit);
    }
}
