using Isobar.Stories.Application;
using Isobar.Stories.Files;

namespace Isobar.Stories.Lineage;

/// <summary>A file that Intake refuses as a whole, and the good one that replaces it.</summary>
[Collection(OneStack.Name)]
public sealed class RefusedFileStories(StackFixture stack)
{
    private const string Station = "XIQ00000004";

    // Always the same: readers see the newest version of a key, but of two keys the one with more rows.
    private const string Key = "ways/refused.csv.gz";

    private readonly ExplainShell shell = new(stack);

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    public async Task A_refused_file_says_why_and_a_good_one_at_its_key_leads_to_its_months()
    {
        var refused = await stack.Landings.PutAsync(Key, LandedContent.GzipOverTheLimit());
        var job = (await stack.SettleAsync(refused)).Single();
        Assert.Equal(("refused", "gzip:size"), (job.State, job.Refusal));
        await stack.UntilAsync(() => stack.Landings.IsInCatalogueAsync(job), isIn => isIn);
        Assert.Contains("refused: gzip:size", await shell.ExplainAsync(job.Id), StringComparison.Ordinal);

        var good = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(good, Months.FileOf(Station));
            await shell.GoBackAsync(job.Id, "aws s3 cp ", good);
        }
        finally
        {
            File.Delete(good);
        }

        var finished = await stack.UntilAsync(
            () => stack.Landings.NewestJobAsync(Key), newest => newest is { State: "finished" });
        finished!.AssertBalanced();
        await Months.OfVersionAsync(stack, Station, finished.Source.VersionId);
        await stack.UntilAsync(() => stack.Landings.IsInCatalogueAsync(finished), isIn => isIn);
        await shell.UntilMendedAsync(job.Id);
        await shell.UntilMendedAsync(finished.Id);
    }
}
