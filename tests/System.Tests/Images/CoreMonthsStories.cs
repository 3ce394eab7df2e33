using System.Text.Json.Nodes;

namespace Isobar.Stories.Images;

/// <summary>Where the months come from that the stack of infra/stacks/image.yaml is given.</summary>
public sealed class CoreMonthsStories(RarelyReportedStack stack) : IClassFixture<RarelyReportedStack>
{
    /// <summary>With ISOBAR_UPDATE=1 the document is written anew.</summary>
    [Fact]
    public async Task The_document_has_the_items_that_the_core_stack_writes_of_the_sample()
    {
        const string Sample = $"{ReportPages.Station}.csv";
        var landed = await stack.Landings.PutSampleAsync($"csv/by_station/{Sample}", Sample);
        var months = await Application.Months.OfVersionAsync(stack, ReportPages.Station, landed.VersionId);
        Assert.NotEmpty(months["months"]!.AsArray());
        var job = (await stack.SettleAsync(landed)).Single();
        var written = await CoreMonths.ReadAsync(stack.Stack, ReportPages.Station, job.Id);

        if (Environment.GetEnvironmentVariable("ISOBAR_UPDATE") == "1")
            await File.WriteAllTextAsync(CoreMonths.Path, written.ToString());
        var document = CoreMonths.Read(await File.ReadAllTextAsync(CoreMonths.Path));
        Assert.True(
            JsonNode.DeepEquals(document.AsOf(document), written.AsOf(document)),
            $"The core stack writes\n{written}\nand images/station-months.json has other items. To write it anew: "
            + "ISOBAR_UPDATE=1 dotnet run --project tests/System.Tests -- --filter-class '*CoreMonthsStories'");
    }
}

/// <summary>A stack whose Report does not remove the request to write a page before it is looked at.</summary>
public sealed class RarelyReportedStack : StackFixture
{
    internal override IReadOnlyList<string> Parameters => ["ReportRate=rate(999 days)"];
}
