using System.Text.Json.Nodes;
using Isobar.Stories.Application;

namespace Isobar.Stories.Lineage;

/// <summary>
/// Messages that nobody takes for the four days that their queue keeps them: on a stack of these stories' own, whose
/// event source mappings are disabled for so long.
/// </summary>
public sealed class ExpiredMessageStories(LongStackFixture stack) : IClassFixture<LongStackFixture>
{
    private const string Mappings = "/2015-03-31/event-source-mappings/";

    private static readonly TimeSpan Retention = TimeSpan.FromDays(4);

    private readonly ExplainShell shell = new(stack);

    [Fact]
    public async Task A_chunk_whose_message_expired_is_read_from_a_new_version_of_its_file()
    {
        const string Station = "XIQ00000006";
        const string Key = "expired/chunk.csv";
        var mapping = await DisableAsync("TransformFunction");
        var landed = await stack.Landings.PutAsync(Key, Months.FileOf(Station));
        await Alarms.BecomesAsync(stack, stack.Stack.NameOf("ChunksAgeAlarm"), "ALARM");
        var job = (await stack.Landings.JobsAsync(landed)).Single();
        await AssertWaitingAsync(job.Id);

        await stack.Host.ClockControl.AdvanceByAsync(Retention, default);
        await EnableAsync(mapping);
        await Alarms.BecomesAsync(stack, stack.Stack.NameOf("ChunksAgeAlarm"), "OK");

        Assert.Equal("running", (await stack.Landings.JobsAsync(landed)).Single().State);
        await shell.GoBackAsync(job.Id, "aws s3api copy-object ");

        var finished = await stack.UntilAsync(
            () => stack.Landings.NewestJobAsync(Key), newest => newest is { State: "finished" });
        finished!.AssertBalanced();
        await Months.OfVersionAsync(stack, Station, finished.Source.VersionId);
        await shell.UntilMendedAsync(job.Id);
        await shell.UntilMendedAsync(finished.Id);
    }

    [Fact]
    public async Task A_summary_whose_message_expired_is_current_after_its_jobs_redrive()
    {
        const string Station = "XIQ00000007";
        var mapping = await DisableAsync("SummarizeFunction");
        var landed = await stack.Landings.PutAsync("expired/summary.csv", Months.FileOf(Station));
        var job = (await stack.SettleAsync(landed)).Single();
        Assert.Equal("finished", job.State);
        await Alarms.BecomesAsync(stack, stack.Stack.NameOf("SummariesAgeAlarm"), "ALARM");

        await stack.Host.ClockControl.AdvanceByAsync(Retention, default);
        await EnableAsync(mapping);
        await Alarms.BecomesAsync(stack, stack.Stack.NameOf("SummariesAgeAlarm"), "OK");

        Assert.Contains(
            "contribution    not current", await shell.ExplainAsync(job.Id), StringComparison.Ordinal);
        await shell.GoBackAsync(job.Id, "curl -sS -X POST ");

        await Months.OfVersionAsync(stack, Station, landed.VersionId);
        await shell.UntilMendedAsync(job.Id);
    }

    private async Task AssertWaitingAsync(string job)
    {
        var explanation = await shell.ExplainAsync(job);
        Assert.Contains("their messages wait in ChunksQueue", explanation, StringComparison.Ordinal);
        Assert.Empty(ExplainShell.WaysBack(explanation));
    }

    /// <summary>Lets a function's only event source mapping read nothing more.</summary>
    /// <returns>The mapping's id.</returns>
    private async Task<string> DisableAsync(string function)
    {
        var found = await stack.Stack.Calls.LambdaAsync(
            HttpMethod.Get, $"{Mappings}?FunctionName={stack.Stack.LiveOf(function)}");
        var mapping = (string)Assert.Single(found["EventSourceMappings"]!.AsArray())!["UUID"]!;
        await SwitchAsync(mapping, "Disabled");
        return mapping;
    }

    private Task EnableAsync(string mapping) => SwitchAsync(mapping, "Enabled");

    private async Task SwitchAsync(string mapping, string state)
    {
        await stack.Stack.Calls.LambdaAsync(
            HttpMethod.Put, Mappings + mapping, new JsonObject { ["Enabled"] = state == "Enabled" });
        await stack.UntilAsync(
            async () => (string?)(await stack.Stack.Calls.LambdaAsync(HttpMethod.Get, Mappings + mapping))["State"],
            seen => seen == state);
    }
}

/// <summary>A stack for stories that take days, in which Report would run every half an hour.</summary>
public sealed class LongStackFixture : StackFixture
{
    internal override IReadOnlyList<string> Parameters => ["ReportRate=rate(30 days)"];
}
