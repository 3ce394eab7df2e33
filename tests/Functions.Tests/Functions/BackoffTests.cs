namespace Isobar.Functions.Tests;

public sealed class BackoffTests
{
    [Fact]
    public async Task Waits_double_from_20_ms_up_to_640_ms_and_jitter_shortens_each()
    {
        var clock = new ImmediateTime();
        var backoff = new Backoff(new Jitter(0.5), clock);
        for (var attempt = 1; attempt <= 8; attempt++) await backoff.WaitAsync(attempt, default);
        Assert.Equal([10, 20, 40, 80, 160, 320, 320, 320], clock.Waits.Select(wait => wait.TotalMilliseconds));
    }

    [Fact]
    public async Task A_wait_ends_with_the_deadline()
    {
        using var deadline = new CancellationTokenSource();
        await deadline.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new Backoff(new Jitter(0.5), TimeProvider.System).WaitAsync(1, deadline.Token));
    }

    private sealed class Jitter(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
