using System.Text.Json.Nodes;

namespace Isobar.Local.Tour;

/// <summary>The API: a list of jobs, one job, and calls that it refuses.</summary>
internal sealed class CalledApi(StageClient stage, TourReport report)
{
    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        report.Heading("The same through the API");
        report.Fact($"API={stage.Address.ToString().TrimEnd('/')}");
        await ListAsync(cancellationToken);
        await RefuseAsync(cancellationToken);
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        report.Command(StageClient.Curl("jobs?limit=1"));
        var listed = await stage.GetAsync("jobs?limit=1", cancellationToken);
        var newest = (string?)listed.Body?["jobs"]?[0]?["id"] ?? "";
        report.Check(listed.Status == 200 && newest.Length > 0,
            $"{listed.Status} in {listed.Took.TotalMilliseconds:0} ms, its cold start included: job {Short(newest)}");

        report.Command(StageClient.Curl($"jobs/{Short(newest)}"));
        var job = await stage.GetAsync($"jobs/{newest}", cancellationToken);
        report.Check(job.Status == 200 && (bool?)job.Body?["balanced"] == true,
            $"{job.Status}: {job.Text("state")}, counts {job.Body?["counts"]?.ToJsonString()}, balanced");
    }

    private async Task RefuseAsync(CancellationToken cancellationToken)
    {
        var wish = new JsonObject { ["station"] = "XIW00000001" };
        var unsigned = await stage.PostAsync("imports", wish, cancellationToken, signed: false);
        report.Check(
            unsigned.IsProblem(401), $"an import without a token: {unsigned.Status}, {unsigned.Text("detail")}");
        var upload = new JsonObject { ["name"] = "../x.csv", ["bytes"] = 10 };
        var misnamed = await stage.PostAsync("uploads", upload, cancellationToken);
        report.Check(misnamed.IsProblem(400), $"an upload named ../x.csv: {misnamed.Status}, {misnamed.Text("title")}");
    }

    private static string Short(string id) => id.Length > 12 ? $"{id[..12]}…" : id;
}
