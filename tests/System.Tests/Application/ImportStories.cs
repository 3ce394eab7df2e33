using System.Text.Json.Nodes;
using Isobar.Local.History;
using Isobar.Local.Lambda.Delivery;

namespace Isobar.Stories.Application;

[Collection(OneStack.Name)]
public sealed class ImportStories(StackFixture stack)
{
    private const string Sample = "XIW00000001.csv";

    // An attempt itself takes a moment, a cold start included; it never comes early.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    private Imports Imports => new(stack.Stack);

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    [Concept("Destination on success: an EventBridge bus", "ImportFunction", "IsobarBus")]
    [Concept("Asynchronous trigger: EventBridge", "NotifyFunction.Imported")]
    public async Task An_imported_station_lands_its_job_finishes_and_tells_of_the_import()
    {
        var station = Imports.NewStation();
        await Imports.SeedAsync(station, Sample);

        var importId = await Imports.BeginAsync(station);

        var import = await stack.UntilAsync(
            () => Imports.ReadAsync(importId), import => import.GetValueOrDefault("state") == "landed");
        var job = (await stack.SettleAsync(new LandedVersion(import["key"], import["versionId"]))).Single();
        Assert.Equal((import["job"], "finished"), (job.Id, job.State));
        job.AssertBalanced();
        var moment = (await stack.UntilAsync(() => Imports.TimelineAsync(job.Id), moments => moments.Count > 0))[0];
        Assert.Equal(($"event#imported#{importId}", station), (moment["item"].S, moment["station"].S));
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    public async Task An_import_that_is_asked_for_again_under_its_id_copies_nothing()
    {
        var station = Imports.NewStation();
        var (importId, import) = await ImportAsync(station);

        await stack.Stack.Calls.InvokeAsync(
            stack.Stack.LiveOf("ImportFunction"),
            new JsonObject { ["importId"] = importId, ["station"] = station }.ToJsonString(), "Event");
        // Another one after it comes to its end.
        await ImportAsync(Imports.NewStation());

        Assert.Equal(import, await Imports.ReadAsync(importId));
        var versions = await stack.Stack.S3.ListVersionsAsync(stack.Stack.LandingBucket, Imports.KeyOf(station));
        Assert.Single(versions.Versions);
        Assert.Single(await Imports.TimelineAsync(import["job"]));
    }

    [Fact]
    [Concept("Destination on failure: a function that can send the event again",
        "ImportFunction", "RemediateFunction")]
    public async Task An_import_that_fails_is_tried_at_0_1_and_3_minutes_kept_and_completed_when_it_is_sent_again()
    {
        await Imports.SeedAsync("XIS00000003", Sample);
        var before = stack.Host.Journal.LastSequence;

        var importId = await Imports.BeginAsync("XIS0000LATE");
        await stack.Host.ClockControl.AdvanceByAsync(TimeSpan.FromMinutes(4), CancellationToken.None);
        await stack.QuietAsync();

        AssertThreeAttempts(stack.Host.Journal.After(before));
        var failed = await Imports.ReadAsync(importId);
        Assert.Equal(
            ("failed", "There is no csv/by_station/XIS0000LATE.csv in the open data bucket isobar-open-data."),
            (failed["state"], failed["reason"]));
        var kept = JsonNode.Parse(failed["failedEvent"])!;
        Assert.Equal((importId, "XIS0000LATE"), ((string)kept["importId"]!, (string)kept["station"]!));

        await Imports.SeedAsync("XIS0000LATE", Sample);
        Assert.Equal("resent", (string?)(await Imports.ResendAsync(importId))["action"]);
        await stack.QuietAsync();

        var import = await Imports.ReadAsync(importId);
        Assert.Equal("landed", import["state"]);
        Assert.DoesNotContain("reason", import.Keys);
        var job = (await stack.SettleAsync(new LandedVersion(import["key"], import["versionId"]))).Single();
        Assert.Equal((import["job"], "finished"), (job.Id, job.State));
        Assert.Equal("not-failed", (string?)(await Imports.ResendAsync(importId))["action"]);
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    public async Task A_station_id_that_is_none_fails_with_the_reason_and_copies_nothing()
    {
        var importId = await Imports.BeginAsync("../../secret");
        var failed = await stack.UntilAsync(
            () => Imports.ReadAsync(importId), import => import.GetValueOrDefault("state") == "failed");

        Assert.StartsWith("station must be an id", failed["reason"]);
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    public async Task An_import_that_fails_is_kept_with_its_reason_and_lands_when_it_is_sent_again()
    {
        var station = Imports.NewStation();
        // Another station's file, so that the bucket is known to be there.
        await Imports.SeedAsync(Imports.NewStation(), Sample);

        var importId = await Imports.BeginAsync(station);
        var failed = await stack.UntilAsync(
            () => Imports.ReadAsync(importId), import => import.GetValueOrDefault("state") == "failed");
        Assert.Equal(
            $"There is no {Imports.KeyOf(station)} in the open data bucket {stack.Stack.OpenDataBucket}.",
            failed["reason"]);
        var kept = JsonNode.Parse(failed["failedEvent"])!;
        Assert.Equal((importId, station), ((string)kept["importId"]!, (string)kept["station"]!));

        await Imports.SeedAsync(station, Sample);
        Assert.Equal("resent", (string?)(await Imports.ResendAsync(importId))["action"]);

        var import = await stack.UntilAsync(
            () => Imports.ReadAsync(importId), import => import.GetValueOrDefault("state") == "landed");
        Assert.DoesNotContain("reason", import.Keys);
        var job = (await stack.SettleAsync(new LandedVersion(import["key"], import["versionId"]))).Single();
        Assert.Equal((import["job"], "finished"), (job.Id, job.State));
        Assert.Equal("not-failed", (string?)(await Imports.ResendAsync(importId))["action"]);
    }

    /// <summary>Imports a station, from the request to the moment in its job's timeline.</summary>
    private async Task<(string ImportId, IReadOnlyDictionary<string, string> Import)> ImportAsync(string station)
    {
        await Imports.SeedAsync(station, Sample);
        var importId = await Imports.BeginAsync(station);
        var import = await stack.UntilAsync(
            () => Imports.ReadAsync(importId), import => import.GetValueOrDefault("state") == "landed");
        await stack.UntilAsync(() => Imports.TimelineAsync(import["job"]), moments => moments.Count > 0);
        return (importId, import);
    }

    private static void AssertThreeAttempts(IReadOnlyList<JournalEntry> entries)
    {
        var attempts = entries.Where(entry => entry.Fact is AsynchronousAttemptFailed).ToList();
        var queued = entries.First(entry => entry.Fact is EventQueued);
        var requestId = ((EventQueued)queued.Fact).RequestId;
        Assert.Equal([(1, requestId), (2, requestId), (3, requestId)],
            attempts.Select(entry => (AsynchronousAttemptFailed)entry.Fact)
                .Select(fact => (fact.Attempt, fact.RequestId)));
        Assert.InRange(attempts[0].Time - queued.Time, TimeSpan.Zero, Slack);
        Assert.InRange(attempts[1].Time - attempts[0].Time, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1) + Slack);
        Assert.InRange(attempts[2].Time - attempts[1].Time, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2) + Slack);
    }
}
