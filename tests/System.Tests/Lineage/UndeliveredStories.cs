using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Isobar.Stories.Application;

namespace Isobar.Stories.Lineage;

/// <summary>
/// What a topic or a rule can't deliver, because its target is not there: on a stack of these stories' own, where an
/// alias or a queue is deleted and made again.
/// </summary>
public sealed class UndeliveredStories(StackFixture stack) : IClassFixture<StackFixture>
{
    private const string Sample = "XIW00000001.csv";
    private const string Queue = "UndeliveredQueue";
    private const string WayBack = $"isobar resend {Queue}";

    private readonly ExplainShell shell = new(stack);

    [Fact]
    public async Task A_file_of_which_the_topic_could_not_tell_the_catalogue_gets_into_it()
    {
        var version = await DeleteLiveAsync("CatalogRecordFileFunction");
        var landed = await stack.Landings.PutSampleAsync("undelivered/catalogue.csv", Sample);
        var job = (await stack.SettleAsync(landed)).Single();
        await UntilAlarmAsync();
        await CreateLiveAsync("CatalogRecordFileFunction", version);

        await shell.GoBackAsync(job.Id, WayBack);

        await stack.UntilAsync(() => stack.Landings.IsInCatalogueAsync(job), isIn => isIn);
        await shell.UntilMendedAsync(job.Id);
        await AssertAlarmIsOverAsync();
    }

    [Fact]
    public async Task A_record_that_the_topic_could_not_send_to_the_audit_queue_gets_into_it()
    {
        var url = stack.Stack.AuditQueueUrl;
        await stack.Stack.Calls.SqsAsync("DeleteQueue", new JsonObject { ["QueueUrl"] = url });
        var landed = await stack.Landings.PutSampleAsync("undelivered/audit.csv", Sample);
        await stack.SettleAsync(landed);
        await UntilAlarmAsync();
        await stack.Stack.Calls.SqsAsync("CreateQueue", new JsonObject { ["QueueName"] = url.Split('/')[^1] });

        await shell.RunAsync(WayBack);

        var record = await Queues.TakeAsync(stack.Stack, url, _ => true);
        Assert.Equal(
            landed.VersionId,
            (string?)record!["requestPayload"]!["Records"]![0]!["s3"]!["object"]!["versionId"]);
        await AssertAlarmIsOverAsync();
    }

    [Fact]
    public async Task An_import_of_which_the_rule_could_not_tell_Notify_gets_into_its_jobs_timeline()
    {
        var imports = new Imports(stack.Stack);
        var station = Imports.NewStation();
        await imports.SeedAsync(station, Sample);
        var version = await DeleteLiveAsync("NotifyFunction");
        var id = await imports.BeginAsync(station);
        await UntilAlarmAsync();
        await CreateLiveAsync("NotifyFunction", version);
        Assert.Equal("landed", (await imports.ReadAsync(id))["state"]);

        await shell.GoBackAsync(id, WayBack);

        await stack.UntilAsync(() => shell.ExplainAsync(id), says => says.Contains($"imported {id}"));
        await shell.UntilMendedAsync(id);
        await AssertAlarmIsOverAsync();
    }

    [Fact]
    public async Task Pages_that_the_schedule_could_not_ask_for_are_written()
    {
        var version = await DeleteLiveAsync("ReportFunction");
        var landed = await stack.Landings.PutAsync("undelivered/report.csv", Months.FileOf("XIQ00000005"));
        await stack.SettleAsync(landed);
        await stack.Host.ClockControl.AdvanceByAsync(TimeSpan.FromMinutes(30), default);
        await UntilAlarmAsync();
        await CreateLiveAsync("ReportFunction", version);
        Assert.False(await HasPageAsync("XIQ00000005"));

        await shell.RunAsync(WayBack);

        await stack.QuietAsync();
        Assert.True(await HasPageAsync("XIQ00000005"));
        await AssertAlarmIsOverAsync();
    }

    private Task UntilAlarmAsync() => Alarms.BecomesAsync(stack, stack.Stack.NameOf("UndeliveredAlarm"), "ALARM");

    private async Task AssertAlarmIsOverAsync()
    {
        Assert.Equal(0, await Queues.LengthAsync(stack.Stack, Queue));
        await Alarms.BecomesAsync(stack, stack.Stack.NameOf("UndeliveredAlarm"), "OK");
    }

    /// <returns>The version that the alias named.</returns>
    private async Task<string> DeleteLiveAsync(string function)
    {
        var alias = await stack.Stack.Calls.LambdaAsync(HttpMethod.Get, AliasesOf(function) + "/live");
        await stack.Stack.Calls.LambdaAsync(HttpMethod.Delete, AliasesOf(function) + "/live");
        return (string)alias["FunctionVersion"]!;
    }

    private Task CreateLiveAsync(string function, string version) => stack.Stack.Calls.LambdaAsync(
        HttpMethod.Post, AliasesOf(function), new JsonObject { ["Name"] = "live", ["FunctionVersion"] = version });

    private string AliasesOf(string function) => $"/2015-03-31/functions/{stack.Stack.NameOf(function)}/aliases";

    private async Task<bool> HasPageAsync(string station)
    {
        var listed = await stack.Stack.S3.ListObjectsV2Async(new ListObjectsV2Request
        {
            BucketName = stack.Stack.SiteBucket, Prefix = "site/stations/",
        });
        return (listed.S3Objects ?? []).Any(entry => entry.Key.Contains(station, StringComparison.Ordinal));
    }
}
