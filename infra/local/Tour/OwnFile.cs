using System.Globalization;
using Isobar.Local.Ownership;

namespace Isobar.Local.Tour;

/// <summary>A file of the reader's own, from put to finished job.</summary>
internal sealed class OwnFile(Jobs jobs, Landing landing, TourReport report)
{
    public async Task ShowAsync(string file, CancellationToken cancellationToken)
    {
        report.Heading($"Your file, {Path.GetFileName(file)}");
        var begun = TimeProvider.System.GetTimestamp();
        var landed = await landing.PutAsync(file, SampleFiles.KeyOf(file), cancellationToken);
        await jobs.SettleAsync([landed], cancellationToken);
        var took = TimeProvider.System.GetElapsedTime(begun);
        var job = await jobs.OfAsync(landed, cancellationToken);
        var size = new FileInfo(file).Length / 1e6;
        var chunks = job.Total == 1 ? "1 chunk" : $"{job.Total} chunks";
        report.Fact(string.Create(
            CultureInfo.InvariantCulture, $"{size:N1} MB in {chunks}, {took.TotalSeconds:0.00} s"));
        if (job.Refusal is { } refusal) report.Check(false, $"refused: {refusal}");
        else report.Check(job is { State: "finished", IsBalanced: true }, $"{job.State}: {job.Counts}");
        foreach (var reason in await jobs.FailuresAsync(job.Id, cancellationToken))
            report.Fact($"a chunk failed: {reason}");
        if (job.Rows > 0 && job.Malformed == job.Rows)
            report.Check(false, "none of its rows is in the layout of GHCN-Daily's .csv files: "
                + await FileLayout.DescribeAsync(file, cancellationToken));
    }
}
