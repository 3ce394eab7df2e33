using Isobar.Jobs;

namespace Isobar.Functions.Tests.Jobs;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    [InlineData(-3)]
    public void An_invocation_with_no_more_than_the_margin_left_is_at_its_deadline(double secondsLeft)
    {
        using var deadline = Deadline.Before(TimeSpan.FromSeconds(secondsLeft), Margin);
        Assert.True(deadline.IsCancellationRequested);
    }

    [Fact]
    public void An_invocation_with_more_than_the_margin_left_is_not()
    {
        using var deadline = Deadline.Before(TimeSpan.FromMinutes(2), Margin);
        Assert.False(deadline.IsCancellationRequested);
    }
}
