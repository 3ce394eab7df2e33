namespace Isobar.Functions.Tests;

public sealed class DeadlineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(0)]
    [InlineData(-3)]
    public void An_invocation_with_less_than_the_reserve_left_is_cancelled_at_once(double secondsLeft)
    {
        using var deadline = Deadline.Before(TimeSpan.FromSeconds(secondsLeft));
        Assert.True(deadline.IsCancellationRequested);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(120)]
    public void An_invocation_with_more_than_the_reserve_left_is_not(double secondsLeft)
    {
        using var deadline = Deadline.Before(TimeSpan.FromSeconds(secondsLeft));
        Assert.False(deadline.IsCancellationRequested);
    }

    [Theory]
    [InlineData(900, 5)]
    [InlineData(60, 5)]
    [InlineData(50, 5)]
    [InlineData(30, 3)]
    [InlineData(10, 1)]
    [InlineData(3, 1)]
    [InlineData(-1, 1)]
    public void The_reserve_is_a_tenth_of_what_is_left_between_one_and_five_seconds(double left, double reserve) =>
        Assert.Equal(TimeSpan.FromSeconds(reserve), Deadline.Reserve(TimeSpan.FromSeconds(left)));
}
