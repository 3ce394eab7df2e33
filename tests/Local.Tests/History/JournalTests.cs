using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Tests.History;

public sealed class JournalTests
{
    private readonly ServiceClock clock = new(new ManualTimeProvider(), new Activity());

    [Fact]
    public void The_ring_keeps_the_newest_facts()
    {
        var journal = new Journal(clock, capacity: 3);
        for (var i = 1; i <= 5; i++) journal.Record(new Said($"fact {i}"));

        Assert.Equal(["fact 3", "fact 4", "fact 5"], journal.After(0).Select(entry => ((Said)entry.Fact).Text));
        Assert.Equal([5L], journal.After(4).Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task A_lagging_subscriber_is_told_how_much_it_missed()
    {
        var journal = new Journal(clock);
        using var subscription = journal.Subscribe(buffer: 2);
        for (var i = 1; i <= 5; i++) journal.Record(new Said($"fact {i}"));

        Assert.Equal(3, subscription.Missed);
        await foreach (var entry in subscription.ReadAllAsync(default))
        {
            Assert.Equal(new Said("fact 4"), entry.Fact);
            break;
        }
    }

    [Fact]
    public async Task Waiting_finds_a_fact_that_has_already_happened()
    {
        var journal = new Journal(clock);
        journal.Record(new Said("before"));

        Assert.Equal(new Said("before"), await journal.WaitForAsync<Said>(
            fact => fact.Text == "before", TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task A_wait_that_fails_shows_the_newest_facts()
    {
        var journal = new Journal(clock);
        journal.Record(new Said("something else"));

        var error = await Assert.ThrowsAsync<TimeoutException>(
            () => journal.WaitForAsync<Said>(fact => fact.Text == "never", TimeSpan.FromMilliseconds(20)));

        Assert.Contains("something else", error.Message);
    }

    private sealed record Said(string Text) : IFact;
}
