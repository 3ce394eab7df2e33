using Isobar.Local.Lineage;

namespace Isobar.Local.Tests.Lineage;

public sealed class NewerVersionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_version_that_readers_see_takes_the_older_ones_place()
    {
        var newer = Of(LineageItems.Job(done: 2), Current("06"));
        Assert.Equal(("finished and current", true), (newer.State, newer.TakesPlace));
        Assert.True(Of(LineageItems.Job(done: 2), Current("07")).TakesPlace);
    }

    [Fact]
    public void A_version_that_is_being_read_does_too_while_its_messages_are_kept()
    {
        Assert.True(Of(LineageItems.Job(landedAt: Now - JobLineage.Retention), null).TakesPlace);
        var newer = Of(LineageItems.Job(landedAt: Now - JobLineage.Retention - TimeSpan.FromSeconds(1)), null);
        Assert.Equal(("running, and its messages have expired", false), (newer.State, newer.TakesPlace));
    }

    [Fact]
    public void A_version_of_which_readers_get_nothing_does_not()
    {
        Check("not opened", null);
        Check("refused", LineageItems.Job(refusal: "gzip:size"));
        Check("incomplete", LineageItems.Job(done: 1, failed: 1));
        Check("finished, not current", LineageItems.Job(done: 2));

        static void Check(string state, JobItem? job)
        {
            var newer = Of(job, Current("05"));
            Assert.Equal((state, false), (newer.State, newer.TakesPlace));
            Assert.Contains("isobar explain newer", newer.Says, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_failure_keeps_its_way_back_unless_a_newer_version_takes_its_place()
    {
        Assert.Equal("redrive", WayBack(null));
        Assert.Equal("redrive", WayBack(Of(LineageItems.Job(refusal: "gzip:size"), null)));
        Assert.Null(WayBack(Of(LineageItems.Job(done: 2), Current("06"))));
    }

    private static string? WayBack(NewerVersion? newer)
    {
        var explanation = new Explanation("it");
        NewerVersion.Fail(explanation, "chunk", "failed", "redrive", newer);
        return Assert.Single(explanation.Steps).WayBack;
    }

    private static NewerVersion Of(JobItem? job, CurrentItem? current) =>
        NewerVersion.Of("v", "newer", job, current, Now);

    private static CurrentItem Current(string sequencer) =>
        new("landing", "a.csv", "v", StationItems.OrderOf(sequencer), "newer");
}
