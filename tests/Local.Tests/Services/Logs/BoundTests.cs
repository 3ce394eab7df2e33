using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Services.Logs;
using Isobar.Local.Services.Logs.Events;

namespace Isobar.Local.Tests.Services.Logs;

public sealed class BoundTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly Journal journal = new(new ServiceClock(TimeProvider.System, new Activity()));
    private readonly LogsState logs;

    public BoundTests() => logs = new LogsState(journal);

    [Fact]
    public void A_group_keeps_16_MB_of_its_newest_events_and_a_fact_tells_how_many_were_dropped()
    {
        const int lines = 200_000;
        for (var i = 0; i < lines; i++) Write($"{i:D8} {new string('x', 100)}", "g");

        var view = logs.View("g", null, Now);
        var found = view.Find(0, long.MaxValue);

        Assert.InRange(AllocatedBytes("g"), LogsLimits.MaxGroupBytes / 2, LogsLimits.MaxGroupBytes);
        Assert.Equal($"{lines - 1:D8}", view.Message(found[^1])[..8]);
        var dropped = journal.After(0).Select(entry => entry.Fact).OfType<OldestEventsDropped>()
            .Sum(fact => fact.Events);
        Assert.Equal(lines, dropped + found.Count);
        Assert.Equal($"{dropped:D8}", view.Message(found[0])[..8]);
        Assert.Equal(found.Count * (109L + 26), logs.Get("g").StoredBytes);
        Assert.Equal(logs.Get("g").StoredBytes, logs.Get("g", "s").StoredBytes);
    }

    [Fact]
    public void A_Region_keeps_64_MB_and_the_oldest_events_of_any_group_go_first()
    {
        var line = new string('x', 60_000);
        for (var group = 0; group < 6; group++)
            for (var i = 0; i < 300; i++) Write(line, $"g{group}", Now.AddSeconds(group));

        var total = Enumerable.Range(0, 6).Sum(group => AllocatedBytes($"g{group}"));

        Assert.InRange(total, LogsLimits.MaxRegionBytes / 2, LogsLimits.MaxRegionBytes);
        Assert.Empty(logs.View("g0", null, Now).Find(0, long.MaxValue));
        Assert.True(logs.View("g5", null, Now).Find(0, long.MaxValue).Count > 100);
    }

    [Fact]
    public void What_a_reader_has_begun_to_read_stays_as_it_was()
    {
        Write("first", "g");
        var view = logs.View("g", null, Now);

        for (var i = 0; i < 200_000; i++) Write(new string('x', 100), "g");

        Assert.Equal("first", view.Message(Assert.Single(view.Find(0, long.MaxValue))));
    }

    [Fact]
    public void The_stream_that_was_unused_for_longest_makes_room()
    {
        for (var i = 0; i < LogsLimits.MaxStreams; i++) Write("line", "g", Now.AddSeconds(i), $"s{i}");
        Write("again", "g", Now.AddDays(1), "s0");

        Write("line", "g", Now.AddDays(2), "new");

        Assert.Equal(LogsLimits.MaxStreams, logs.Get("g").Streams.Count);
        Assert.False(logs.Get("g").Streams.ContainsKey("s1"));
        Assert.True(logs.Get("g").Streams.ContainsKey("s0"));
    }

    [Fact]
    public void A_Region_has_10_000_groups_and_a_line_for_another_one_is_lost()
    {
        for (var i = 0; i < LogsLimits.MaxGroups; i++) logs.Create($"g{i}", Now);

        Write("line", "another");

        Assert.False(logs.Exists("another"));
        Assert.Equal("LimitExceededException",
            Assert.Throws<Local.Wire.AwsException>(() => logs.Create("another", Now)).Code);
    }

    [Fact]
    public void A_line_allocates_nothing_once_its_stream_is_there()
    {
        var line = Line("some line of a usual length, with a request id or so", "g", "s");
        logs.AddAnew(line, Now);
        const int lines = 10_000;
        for (var i = 0; i < lines; i++) logs.TryAdd(line, Now);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < lines; i++) logs.TryAdd(line, Now);

        // What is allocated is the blocks: some 53 bytes of text a line, and an entry of 40.
        var perLine = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)lines;
        Assert.InRange(perLine, 0, 2 * (53 + EventSegment.EntryBytes));
    }

    private long AllocatedBytes(string group) => logs.Get(group).Events.AllocatedBytes;

    private void Write(string text, string group, DateTimeOffset? at = null, string stream = "s")
    {
        var line = Line(text, group, stream);
        if (!logs.TryAdd(line, at ?? Now)) logs.AddAnew(line, at ?? Now);
    }

    private static LogLine Line(string text, string group, string stream) =>
        new(Now, "f", group, stream, "e", null, Platform: false, Extension: null, text);
}
