using System.Text.Json.Nodes;

namespace Isobar.Stories.Lineage;

/// <summary>What `isobar explain` says of things that went well.</summary>
[Collection(OneStack.Name)]
public sealed class ExplainStories(StackFixture stack)
{
    private readonly ExplainShell shell = new(stack);

    [Fact]
    public async Task A_row_is_followed_from_its_bytes_to_the_month_to_which_it_contributes()
    {
        var landed = await stack.Landings.PutSampleAsync("explained/row.csv", "XIW00000001.csv");
        var job = (await stack.SettleAsync(landed)).Single();
        await stack.QuietAsync();
        var (offset, text) = FirstRow(line => line.Split(',') is [_, _, "TMAX", not "-9999", _, "", ..]);

        var says = await shell.ExplainAsync(
            $"s3://{stack.Stack.LandingBucket}/{landed.Key}@{landed.VersionId}:{offset}");

        AssertLines(says,
            $"row             at byte {offset}: {text}",
            $"object version  s3://{stack.Stack.LandingBucket}/{landed.Key}@{landed.VersionId}, ",
            $"job             {job.Id}: finished, 1 of 1 chunks done",
            "chunk           bytes 0 to ", "attempt         ", "outcome         accepted, ", "partial         ",
            "contribution    current", "month           ");
        Assert.Equal(says, await shell.ExplainAsync($"{job.Id}:{offset}"));
    }

    [Fact]
    public async Task A_row_in_quarantine_is_explained_by_the_offset_that_is_there()
    {
        var landed = await stack.Landings.PutSampleAsync("explained/quarantine.csv", "XIW00000001.csv");
        var job = (await stack.SettleAsync(landed)).Single();
        JsonNode? row = null;
        await foreach (var each in stack.Landings.QuarantineAsync(job)) row ??= each;

        var says = await shell.ExplainAsync($"{job.Id}:{(long)row!["offset"]!}");

        var (reason, line) = ((string?)row["reason"], (long)row["line"]!);
        AssertLines(says, $"outcome         quarantine, {reason}: line {line} of the chunk");
    }

    [Fact]
    public async Task A_request_id_leads_to_its_lines_its_telemetry_and_its_job()
    {
        var before = stack.Host.Journal.LastSequence;
        var landed = await stack.Landings.PutSampleAsync("explained/request.csv", "XIW00000001.csv");
        var job = (await stack.SettleAsync(landed)).Single();
        var request = (string?)stack.Facts<Isobar.Local.Lambda.Environments.LogLineWritten>(before)
            .Where(line => line.FunctionName == stack.Stack.NameOf("TransformFunction") && line.Line.Contains(job.Id))
            .Select(line => JsonNode.Parse(line.Line)!["request_id"]).First();

        var says = await shell.ExplainAsync(request!);

        AssertLines(
            says, "log             ", "telemetry       ", "attempts        1 of Transform; the last one succeeded",
            $"job             {job.Id}: finished");
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    public async Task A_station_month_is_explained_by_the_source_that_serves_it()
    {
        var landed = await stack.Landings.PutSampleAsync("explained/month.csv", "XIW00000002.csv");
        var job = (await stack.SettleAsync(landed)).Single();
        await stack.UntilAsync(() => stack.Landings.IsInCatalogueAsync(job), isIn => isIn);
        await stack.UntilAsync(() => shell.ExplainAsync(job.Id), says => says.Contains("contribution    current"));
        var row = File.ReadLines(Path.Combine(Repository.Samples, "XIW00000002.csv"))
            .First(line => line.Split(',') is [_, _, "TMAX", not "-9999", _, "", ..]).Split(',');

        var says = await shell.ExplainAsync($"{row[0]}/{row[1][..4]}-{row[1][4..6]}");

        AssertLines(
            says, "contribution    s3://", "month           {\"station\":\"", "partial         ", "job             ");
        Assert.Contains("; it serves the month", says, StringComparison.Ordinal);
    }

    private static void AssertLines(string says, params string[] beginnings) => Assert.All(
        beginnings, beginning => Assert.True(
            says.Split('\n').Any(line => line.StartsWith(beginning, StringComparison.Ordinal)),
            $"No line begins with '{beginning}':\n{says}"));

    private static (long Offset, string Text) FirstRow(Func<string, bool> isIt)
    {
        var offset = 0L;
        foreach (var line in File.ReadAllText(Path.Combine(Repository.Samples, "XIW00000001.csv")).Split('\n'))
        {
            var text = line.TrimEnd('\r');
            if (isIt(text)) return (offset, text);
            offset += System.Text.Encoding.UTF8.GetByteCount(line) + 1;
        }

        throw new InvalidOperationException("The sample has no such row.");
    }
}
