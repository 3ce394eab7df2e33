using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Lambda.Environments;
using Isobar.Stories.Api;
using Isobar.Stories.Application;

namespace Isobar.Stories.Lineage;

/// <summary>
/// Each dead end of the flow: something is made to fail for good, `isobar explain` is asked about it, and the command
/// that it prints is typed into a shell, once the cause is mended.
/// </summary>
public sealed class WayBackStories(MendedStackFixture stack) : IClassFixture<MendedStackFixture>
{
    private const string Sample = "XIW00000001.csv";
    private const string Redrive = "curl -sS -X POST ";

    private readonly ExplainShell shell = new(stack);

    [Fact]
    public async Task A_chunk_that_failed_five_times_is_done_after_its_jobs_redrive()
    {
        TakeAway("Transform", "s3:PutObject");
        var landed = await stack.Landings.PutSampleAsync("ways/chunk.csv", Sample);
        var failed = (await stack.SettleAsync(landed)).Single();
        Assert.Equal("incomplete", failed.State);
        stack.Away.BringBack();

        await shell.GoBackAsync(failed.Id, Redrive);

        await AssertFinishedAsync(landed);
        await shell.AssertMendedAsync(failed.Id);
    }

    [Fact]
    public async Task A_broken_gzip_is_replaced_by_its_good_version()
    {
        var broken = await stack.Landings.PutSampleAsync("ways/XIW00000005.csv.gz", "XIW00000005.broken.csv.gz");
        var failed = (await stack.SettleAsync(broken)).Single();
        Assert.Equal("incomplete", failed.State);

        await shell.GoBackAsync(
            failed.Id, "aws s3 cp ", Path.Combine(Repository.Samples, "XIW00000005.csv.gz"));

        var jobs = await stack.UntilAsync(
            () => stack.Landings.NewestJobAsync("ways/XIW00000005.csv.gz"), job => job is { State: "finished" });
        Assert.Equal(1952, jobs!.Accepted);
        await shell.UntilMendedAsync(failed.Id);
        await shell.UntilMendedAsync(jobs.Id);
    }

    [Fact]
    public async Task A_chunk_that_could_not_be_recorded_as_failed_is_recorded_and_then_redriven()
    {
        TakeAway("Transform", "s3:PutObject");
        TakeAway("DeadLetters", "dynamodb:");
        var landed = await stack.Landings.PutSampleAsync("ways/dead-letters.csv", Sample);
        await UntilInQueueAsync("DeadLettersFailuresQueue");
        var job = (await stack.Landings.JobsAsync(landed)).Single();
        Assert.Equal("running", job.State);
        stack.Away.BringBack();

        await shell.GoBackAsync(job.Id, "isobar resend DeadLettersFailuresQueue");
        await stack.SettleAsync(landed);
        await shell.GoBackAsync(job.Id, Redrive);

        await AssertFinishedAsync(landed);
        await shell.AssertMendedAsync(job.Id);
    }

    [Fact]
    public async Task A_file_that_Intake_failed_on_gets_its_job()
    {
        TakeAway("Intake", "dynamodb:");
        var landed = await stack.Landings.PutSampleAsync("ways/intake.csv", Sample);
        await UntilInQueueAsync("IntakeFailuresQueue");
        Assert.Empty(await stack.Landings.JobsAsync(landed));
        stack.Away.BringBack();

        var row = $"s3://{stack.Stack.LandingBucket}/{landed.Key}@{landed.VersionId}:0";
        await shell.GoBackAsync(row, "isobar resend IntakeFailuresQueue");

        await AssertFinishedAsync(landed);
        await shell.AssertMendedAsync(row);
    }

    [Fact]
    public async Task An_import_that_failed_is_sent_again()
    {
        var imports = new Imports(stack.Stack);
        var station = Imports.NewStation();
        var id = await imports.BeginAsync(station);
        await UntilImportIsAsync(id, "failed");
        await imports.SeedAsync(station, Sample);

        await shell.GoBackAsync(id, "aws lambda invoke ");

        await UntilImportIsAsync(id, "landed");
        await stack.QuietAsync();
        await shell.AssertMendedAsync(id);
    }

    [Fact]
    public async Task A_failed_import_that_Remediate_failed_on_is_recorded_and_then_sent_again()
    {
        var imports = new Imports(stack.Stack);
        var station = Imports.NewStation();
        TakeAway("Remediate", "dynamodb:");
        var before = stack.Host.Journal.LastSequence;
        var id = await imports.BeginAsync(station);
        var request = await DroppedAsync("RemediateFunction", before);
        stack.Away.BringBack();
        await imports.SeedAsync(station, Sample);

        await shell.GoBackAsync(request, "isobar resend UndeliveredQueue");
        await UntilImportIsAsync(id, "failed");
        await shell.GoBackAsync(id, "aws lambda invoke ");

        await UntilImportIsAsync(id, "landed");
    }

    [Fact]
    public async Task An_import_that_Notify_failed_on_gets_into_its_jobs_timeline()
    {
        var imports = new Imports(stack.Stack);
        var station = Imports.NewStation();
        await imports.SeedAsync(station, Sample);
        TakeAway("Notify", "dynamodb:");
        var before = stack.Host.Journal.LastSequence;
        var id = await imports.BeginAsync(station);
        var request = await DroppedAsync("NotifyFunction", before);
        stack.Away.BringBack();

        await shell.GoBackAsync(request, "isobar resend UndeliveredQueue");

        var job = (await imports.ReadAsync(id))["job"];
        await stack.UntilAsync(() => shell.ExplainAsync(job), says => says.Contains($"imported {id}"));
    }

    [Fact]
    public async Task A_file_that_CatalogRecordFile_failed_on_gets_into_the_catalogue()
    {
        TakeAway("CatalogRecordFile", "dynamodb:");
        var before = stack.Host.Journal.LastSequence;
        var landed = await stack.Landings.PutSampleAsync("ways/catalog.csv", Sample);
        var request = await DroppedAsync("CatalogRecordFileFunction", before);
        stack.Away.BringBack();

        await shell.GoBackAsync(request, "isobar resend CatalogDeadLetterQueue");

        await stack.UntilAsync(() => CatalogueHasAsync(landed.Key), has => has);
    }

    [Fact]
    public async Task A_page_that_CatalogWritePages_failed_on_is_written()
    {
        // Another story's file may still be on its way: the queue is to have this one's change alone.
        await stack.QuietAsync();
        await stack.UntilAsync(() => Queues.AllAsync(stack.Stack, "CatalogChangesQueue"), all => all == 0);
        TakeAway("CatalogWritePages", "s3:PutObject");
        var before = stack.Host.Journal.LastSequence;
        await stack.Landings.PutSampleAsync("ways/pages.csv", Sample);
        await UntilInQueueAsync("CatalogChangesDeadLetterQueue");
        stack.Away.BringBack();

        var request = RequestsThatFailed("CatalogWritePagesFunction", before)[^1];
        await shell.GoBackAsync(request, "isobar resend CatalogChangesDeadLetterQueue");

        await stack.UntilAsync(
            () => Queues.LengthAsync(stack.Stack, "CatalogChangesDeadLetterQueue"), length => length == 0);
        await stack.UntilAsync(PagesAsync, pages => pages.Contains("ways/pages.csv", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_summary_that_failed_five_times_is_current_after_its_jobs_redrive()
    {
        TakeAway("Summarize", "dynamodb:");
        var landed = await stack.Landings.PutSampleAsync("ways/summary.csv", Sample);
        var job = (await stack.SettleAsync(landed)).Single();
        await UntilInQueueAsync("SummariesDeadLetterQueue");
        stack.Away.BringBack();
        var explanation = await shell.ExplainAsync(job.Id);
        Assert.Contains("\nsummary ", explanation, StringComparison.Ordinal);
        Assert.True(
            explanation.Contains("the last failure, of Summarize: Away for a story.", StringComparison.Ordinal),
            explanation);

        await shell.GoBackAsync(job.Id, Redrive);

        await AssertCurrentAsync(job.Id);
    }

    [Fact]
    public async Task A_batch_of_the_stream_that_Finalize_gave_up_is_summarised_by_the_queue_of_its_failures()
    {
        TakeAway("Finalize", "sqs:SendMessage", "SummariesQueue");
        var before = stack.Host.Journal.LastSequence;
        var landed = await stack.Landings.PutSampleAsync("ways/stream.csv", Sample);
        var job = (await stack.SettleAsync(landed)).Single();
        await UntilInQueueAsync("FinalizeFailuresQueue");
        stack.Away.BringBack();

        // The job alone can be redriven, too: that story is the summary's.
        Assert.StartsWith(Redrive, Assert.Single(ExplainShell.WaysBack(await shell.ExplainAsync(job.Id))));
        var request = RequestsThatFailed("FinalizeFunction", before)[^1];
        await shell.GoBackAsync(request, "isobar resend FinalizeFailuresQueue");

        await AssertCurrentAsync(job.Id);
        Assert.Equal(0, await Queues.LengthAsync(stack.Stack, "FinalizeFailuresQueue"));
    }

    [Fact]
    public async Task A_batch_that_the_stream_no_longer_has_stays_in_the_queue_with_what_to_do_instead()
    {
        await stack.Stack.Calls.SqsAsync("SendMessage", new JsonObject
        {
            ["QueueUrl"] = stack.Stack.FinalizeFailuresQueueUrl,
            ["MessageBody"] = """{"DDBStreamBatchInfo":{"approximateArrivalOfFirstRecord":"2001-01-01T00:00:00Z"}}""",
        });

        var says = await shell.RunAsync("isobar resend FinalizeFailuresQueue || test $? = 1");

        Assert.Contains("stays. Its changes are of 2001-01-01 00:00:00", says, StringComparison.Ordinal);
        Assert.Contains("POST /jobs/{id}/redrive", says, StringComparison.Ordinal);
        Assert.Contains("0 messages of FinalizeFailuresQueue sent again, 1 stay", says, StringComparison.Ordinal);
        // It is hidden for a minute.
        await stack.UntilAsync(
            () => Queues.LengthAsync(stack.Stack, "FinalizeFailuresQueue"), length => length == 1, byTheMinute: true);
        await stack.Stack.Calls.SqsAsync(
            "PurgeQueue", new JsonObject { ["QueueUrl"] = stack.Stack.FinalizeFailuresQueueUrl });
        await stack.UntilAsync(
            () => Queues.LengthAsync(stack.Stack, "FinalizeFailuresQueue"), length => length == 0, byTheMinute: true);
    }

    [Fact]
    public async Task A_batch_of_readings_that_Live_failed_on_is_put_to_the_stream_again()
    {
        const string Batches = "aws/lambda/";
        var listed = await stack.Stack.Calls.LambdaAsync(HttpMethod.Get, "/2015-03-31/functions/?MaxItems=50");
        var live = listed["Functions"]!.AsArray().Select(function => (string)function!["FunctionName"]!)
            .Single(name => name.StartsWith($"{stack.Stack.Name}-live-", StringComparison.Ordinal));
        stack.Away.TakeAway(live, "dynamodb:");
        var before = stack.Host.Journal.LastSequence;
        using var api = stack.Api();
        // The API compares with its own machine's time.
        var at = TimeProvider.System.GetUtcNow().AddSeconds(-5).UtcDateTime;
        var reading = $$"""
            [{"station":"XIL00000009","element":"TOBS","value":7,"at":"{{at:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}"}]
            """;
        (await api.PostAsync("observations", reading, stack.Bearer())).Expect(202);
        var batches = await stack.UntilAsync(
            async () => (await stack.Stack.S3.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = stack.Stack.DataBucket, Prefix = Batches })).S3Objects,
            found => found is { Count: > 0 });
        stack.Away.BringBack();
        var request = RequestsThatFailedOf(live, before)[^1];

        var explanation = await shell.ExplainAsync(request);
        Assert.Contains("attempts        one of Live, failed", explanation, StringComparison.Ordinal);
        var command = Assert.Single(ExplainShell.WaysBack(explanation));
        await shell.RunAsync($"BATCH_KEY='{batches[0].Key}'\n{command}");

        await stack.UntilAsync(() => api.GetAsync("stations/XIL00000009/live"), answer => answer.Status == 200);
    }

    private void TakeAway(string function, string action, string resource = "") =>
        stack.Away.TakeAway(stack.Stack.NameOf(function + "Function"), action, resource);

    private async Task AssertFinishedAsync(LandedVersion landed)
    {
        var jobs = await stack.UntilAsync(
            () => stack.Landings.JobsAsync(landed), jobs => jobs is [{ State: "finished" }]);
        jobs[0].AssertBalanced();
    }

    private async Task AssertCurrentAsync(string job)
    {
        await stack.UntilAsync(() => shell.ExplainAsync(job), says => says.Contains("contribution    current"));
        await shell.AssertMendedAsync(job);
    }

    private Task UntilInQueueAsync(string queue) =>
        stack.UntilAsync(() => Queues.LengthAsync(stack.Stack, queue), length => length > 0);

    private Task UntilImportIsAsync(string id, string state) => stack.UntilAsync(
        () => new Imports(stack.Stack).ReadAsync(id), import => import.GetValueOrDefault("state") == state);

    /// <summary>Waits until Lambda gives up an event of a function.</summary>
    /// <returns>The event's request id.</returns>
    private async Task<string> DroppedAsync(string function, long after)
    {
        var name = stack.Stack.NameOf(function);
        var dropped = await stack.UntilAsync(
            () => Task.FromResult(stack.Facts<AsynchronousEventDropped>(after)
                .FirstOrDefault(fact => fact.FunctionName == name)),
            fact => fact is not null);
        return dropped!.RequestId;
    }

    private IReadOnlyList<string> RequestsThatFailed(string function, long after) =>
        RequestsThatFailedOf(stack.Stack.NameOf(function), after);

    private IReadOnlyList<string> RequestsThatFailedOf(string name, long after)
    {
        var lines = stack.Facts<LogLineWritten>(after).Where(line => line.FunctionName == name).ToArray();
        // A function's own line, or that of .NET's runtime client.
        var failed = lines.Where(line => line.Line.Contains("\"level\":\"Error\"", StringComparison.Ordinal)
                || line.Line.Contains("\tfail\t", StringComparison.Ordinal))
            .Select(line => line.RequestId).OfType<string>().ToArray();
        Assert.True(failed.Length > 0, string.Join('\n', lines.Select(line => line.Line)));
        return failed;
    }

    private async Task<bool> CatalogueHasAsync(string key)
    {
        var answer = await stack.Stack.DynamoDb.GetItemAsync(
            stack.Stack.NameOf("CatalogTable"), new() { ["key"] = new AttributeValue(key) });
        return answer.Item is { Count: > 0 };
    }

    // Nothing before any page was written.
    private async Task<string> PagesAsync()
    {
        try
        {
            using var answer = await stack.Stack.S3.GetObjectAsync(stack.Stack.SiteBucket, "site/catalog.json");
            using var reader = new StreamReader(answer.ResponseStream);
            return await reader.ReadToEndAsync();
        }
        catch (NoSuchKeyException)
        {
            return "";
        }
    }
}
