using System.Text.Json.Nodes;
using Isobar.Local.Costs;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Stories.Costs;

/// <summary>A stack without the telemetry extension, which writes objects when it sees fit.</summary>
public sealed class QuietStackFixture : StackFixture
{
    internal override IReadOnlyList<string> Parameters => ["Telemetry=off"];
}

/// <summary>The receipt of a run whose requests are known, because each function's are.</summary>
public sealed class ReceiptStories(QuietStackFixture stack) : IClassFixture<QuietStackFixture>
{
    private const int Files = 3;
    private const int FunctionsOfAFile = 6;

    [Fact]
    public async Task A_run_has_on_its_receipt_what_the_functions_ask_for_each_file()
    {
        // What the stack's start asked for is not the run's.
        await stack.QuietAsync();
        var before = StoryReceipts.Read();
        for (var file = 1; file <= Files; file++)
        {
            var landed = await stack.Landings.PutSampleAsync($"receipts/{file}.csv", "XIW00000001.csv");
            await stack.SettleAsync(landed);
            await stack.UntilAsync(
                () => Task.FromResult(StoryReceipts.Read()),
                seen => seen.Of(Meter.LambdaRequests) == FunctionsOfAFile * file);
        }

        var receipt = (StoryReceipts.Read()).Since(before);

        // Length, and the first two bytes; an entry in the list of jobs, and the job; one message for all chunks.
        AssertEach(receipt, "IntakeFunction", reads: 2, tableWrites: 2, queues: 1);

        // Its state, and again before the transaction, which writes chunk and job at two units each; the file's rows
        // in, and curated rows, quarantine and one shard of partial aggregates out.
        AssertEach(receipt, "TransformFunction", reads: 1, writes: 3, tableReads: 2, tableWrites: 4);
        AssertEach(receipt, "CatalogRecordFileFunction", tableWrites: 1, queues: 1);

        // The page of the file's name and the list of the newest files, each read and written.
        AssertEach(receipt, "CatalogWritePagesFunction", reads: 2, writes: 2, tableReads: 1);

        // A message for the file's one shard.
        AssertEach(receipt, "FinalizeFunction", queues: 1);

        // The shard's partials in, and its months out. Which version is current, twice, the chunks of the job, and
        // older versions; that the version is begun, two years, the station's source and its place in its country, its
        // page, the shard that is in, and the version that is current then. Once an environment, its country.
        AssertEach(receipt, "SummarizeFunction", reads: 1, writes: 1, tableReads: 4, tableWrites: 8, onceWrites: 2);

        // One message to the topic; to the audit queue; two mappings that receive and delete. Alarms of what other
        // stories broke publish to a topic, too.
        Assert.InRange(receipt.Of(Meter.TopicRequests), Files, Files + 100);
        Assert.Equal(5m * Files, receipt.Of("", Meter.QueueRequests));
        Assert.Equal(Files, receipt.Of("", Meter.StorageWrites));
        Assert.Equal((0m, 0m, 0m),
            (receipt.Of(Meter.BusEvents), receipt.Of(Meter.ApiRequests), receipt.Of(Meter.ViewerRequests)));
        Assert.True(receipt.Of(Meter.LogGigabytes) > 0);
        AssertSums(receipt);
        AssertAsMeasured(receipt);
    }

    [Fact]
    public async Task The_billed_time_on_a_receipt_is_that_of_the_REPORTs()
    {
        var before = stack.Host.Journal.LastSequence;
        var landed = await stack.Landings.PutSampleAsync("receipts/reports.csv", "XIW00000001.csv");
        await stack.SettleAsync(landed);
        await stack.UntilAsync(
            () => Task.FromResult(StoryReceipts.Read()), seen => seen.Of(Meter.LambdaRequests) == FunctionsOfAFile);

        var receipt = StoryReceipts.Read();

        var billed = stack.Facts<LogLineWritten>(before)
            .Where(line => line.Platform && line.Line.Contains("platform.report", StringComparison.Ordinal))
            .Select(line => JsonNode.Parse(line.Line)!["record"]!["metrics"]!)
            .Select(metrics => (decimal)metrics["billedDurationMs"]! / 1_000 * (int)metrics["memorySizeMB"]! / 1_024)
            .ToArray();
        Assert.Equal(FunctionsOfAFile, billed.Length);
        Assert.Equal(billed.Sum(), receipt.GigabyteSeconds);
    }

    // docs/COST.md calculates with these; what the extension writes to S3 is in its numbers and not in these. Nor are
    // the tables' writes: a year of months is an item, and the measured file has more years than this one.
    private static void AssertAsMeasured(Receipt receipt)
    {
        var measured = JsonNode.Parse(File.ReadAllText(MeasuredUse.Path))!["single"]!;
        var now = MeasuredUse.Of(Files, receipt)["quantities"]!;
        foreach (var meter in (Meter[])
            [Meter.LambdaRequests, Meter.StorageReads, Meter.QueueRequests, Meter.TableReadUnits])
        {
            Assert.Equal(
                (meter, (decimal)measured["quantities"]![meter.ToString()]! / (int)measured["count"]!),
                (meter, (decimal)now[meter.ToString()]! / Files));
        }
    }

    private static void AssertSums(Receipt receipt)
    {
        // Each line at its price is the whole.
        var sum = Prices.All.Sum(price => price.Of(receipt.Of(price.Meter)));
        Assert.Equal(sum, receipt.Dollars, 15);
        Assert.NotEmpty(PrintedReceiptAttribute.Lines(receipt));
    }

    private void AssertEach(
        Receipt receipt, string logicalId, int reads = 0, int writes = 0, int tableReads = 0, int tableWrites = 0,
        int queues = 0, int onceWrites = 0)
    {
        var name = stack.Stack.NameOf(logicalId);
        (Meter Meter, int Each)[] expected =
        [
            (Meter.LambdaRequests, 1), (Meter.StorageReads, reads), (Meter.StorageWrites, writes),
            (Meter.TableReadUnits, tableReads), (Meter.QueueRequests, queues),
        ];
        Assert.All(expected, each =>
            Assert.Equal((logicalId, each.Meter, (decimal)each.Each * Files),
                (logicalId, each.Meter, receipt.Of(name, each.Meter))));
        Assert.InRange(receipt.Of(name, Meter.TableWriteUnits), tableWrites * Files, tableWrites * Files + onceWrites);
        Assert.True(receipt.Of(name, Meter.LambdaGigabyteSeconds) > 0, logicalId);
    }
}
