using Isobar.Local.Lambda.EventSources;

namespace Isobar.Local.Tests.Lambda.EventSources;

public sealed class BatchSlotsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_mapping_begins_with_five_batches_at_a_time()
    {
        var slots = new BatchSlots(1_250);

        for (var i = 0; i < 5; i++) Assert.True(slots.TryEnter(Start));

        Assert.False(slots.TryEnter(Start));
    }

    [Fact]
    public void A_slot_that_becomes_free_can_be_taken()
    {
        var slots = new BatchSlots(2);
        slots.TryEnter(Start);
        slots.TryEnter(Start);
        Assert.False(slots.TryEnter(Start));

        slots.Leave(backOff: false);

        Assert.True(slots.TryEnter(Start));
        Assert.Equal((2, null), (slots.InUse, slots.NextDue));
    }

    [Fact]
    public void A_second_of_full_use_adds_five_batches_up_to_the_maximum_and_never_more()
    {
        var slots = new BatchSlots(12);
        var (now, limits) = (Start, new List<int>());
        for (var second = 0; second < 4; second++)
        {
            while (slots.TryEnter(now))
            {
            }

            limits.Add(slots.InUse);
            if (slots.NextDue is not { } due) break;
            now = due;
            slots.OnDue(now);
        }

        Assert.Equal([5, 10, 12], limits);
        Assert.Equal(Start.AddSeconds(2), now);
    }

    [Fact]
    public void Full_use_counts_through_batches_that_end_and_begin()
    {
        var slots = new BatchSlots(100);
        for (var i = 0; i < 5; i++) slots.TryEnter(Start);
        for (var tenth = 0; tenth < 10; tenth++)
        {
            Assert.False(slots.TryEnter(Start.AddMilliseconds(100 * tenth)));
            slots.Leave(backOff: false);
            Assert.True(slots.TryEnter(Start.AddMilliseconds(100 * tenth)));
        }

        Assert.True(slots.TryEnter(Start.AddSeconds(1)));
        Assert.Equal(10, slots.Limit);
    }

    [Fact]
    public void Function_errors_halve_it_down_to_two_and_quiet_sets_it_back_to_five()
    {
        var slots = new BatchSlots(1_000);
        for (var i = 0; i < 4; i++) slots.TryEnter(Start);

        slots.Leave(backOff: true);
        Assert.Equal(2, slots.Limit);
        slots.Leave(backOff: true);
        Assert.Equal(2, slots.Limit);
        slots.Leave(backOff: false);

        Assert.Equal((1, 5), (slots.InUse, slots.Limit));
    }
}
