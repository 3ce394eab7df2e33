using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tour;

/// <summary>The months of a station before and after a newer version of its file, and where they come from.</summary>
internal sealed class StationMonths(
    StackClients clients, Jobs jobs, Landing landing, StageClient stage, TourReport report, string samples)
{
    /// <summary>Of a sample; no other file of the tour has it.</summary>
    public const string Station = "XIW00000003";

    private const string Route = $"stations/{Station}/months";
    private const int ValueColumn = 3;
    private const int TenDegrees = 100;

    /// <returns>The job of the newer version.</returns>
    public async Task<string> ShowAsync(IReadOnlyList<LandedVersion> landed, CancellationToken cancellationToken)
    {
        report.Heading("Months of a station, before and after a newer version of its file");
        var file = Path.Combine(samples, $"{Station}.csv");
        var first = landed.Single(version => version.Key == SampleFiles.KeyOf(file));
        report.Command(StageClient.Curl(Route));
        var before = await ReadAsync(cancellationToken);
        var (month, mean) = before
            .Select(each => (Name: (string)each["month"]!, Mean: (decimal?)each["meanTmax"]))
            .First(each => each.Mean is not null);
        var old = await jobs.OfAsync(first, cancellationToken);
        report.Check(
            before.All(each => IsOf(each, first, old)),
            $"{before.Count} months, all of version {first.VersionId[..8]}…, job {old.Id[..12]}…; in {month} the "
                + $"mean of TMAX is {Degrees(mean)}");

        var corrected = await CorrectedAsync(file, month, cancellationToken);
        var newest = await landing.PutAsync(corrected, first.Key, cancellationToken);
        await jobs.SettleAsync([newest], cancellationToken);
        await jobs.QuietAsync(cancellationToken);
        var job = await jobs.OfAsync(newest, cancellationToken);
        var after = await ReadAsync(cancellationToken);
        var changed = (decimal?)after.SingleOrDefault(each => (string?)each["month"] == month)?["meanTmax"];
        report.Check(
            changed == mean + 10 && after.Count == before.Count && after.All(each => IsOf(each, newest, job)),
            $"a version with each TMAX of {month} 10 °C higher: {Degrees(changed)}; all {after.Count} months are of "
                + $"version {newest.VersionId[..8]}…, job {job.Id[..12]}…");
        report.Check(
            Unchanged(before, month).SequenceEqual(Unchanged(after, month)),
            $"the other {after.Count - 1} months are as they were");
        return job.Id;
    }

    private async Task<IReadOnlyList<JsonNode>> ReadAsync(CancellationToken cancellationToken)
    {
        var answer = await stage.GetAsync(Route, cancellationToken);
        return [.. (answer.Body?["months"]?.AsArray() ?? []).OfType<JsonNode>()];
    }

    private bool IsOf(JsonNode month, LandedVersion version, JobRecord job) =>
        (string?)month["source"]?["key"] == $"{clients.LandingBucket}/{version.Key}"
        && (string?)month["source"]?["versionId"] == version.VersionId && (string?)month["source"]?["job"] == job.Id;

    // Latin-1 keeps every byte, those of malformed rows too.
    private static async Task<MemoryStream> CorrectedAsync(
        string file, string month, CancellationToken cancellationToken)
    {
        var lines = (await File.ReadAllTextAsync(file, Encoding.Latin1, cancellationToken)).Split('\n')
            .Select(line => Corrected(line, month.Remove(4, 1)));
        return new MemoryStream(Encoding.Latin1.GetBytes(string.Join('\n', lines)));
    }

    private static string Corrected(string line, string month)
    {
        var fields = line.Split(',');
        if (fields is not [_, var date, "TMAX", not "-9999" and var value, ..]
            || !date.StartsWith(month, StringComparison.Ordinal)
            || !int.TryParse(value, CultureInfo.InvariantCulture, out var tenths)) return line;
        fields[ValueColumn] = (tenths + TenDegrees).ToString(CultureInfo.InvariantCulture);
        return string.Join(',', fields);
    }

    // What is observed, without where that comes from.
    private static IEnumerable<string> Unchanged(IReadOnlyList<JsonNode> months, string but) =>
        from month in months
        where (string?)month["month"] != but
        select new JsonObject(
            month.AsObject().Where(member => member.Key != "source")
                .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();

    private static string Degrees(decimal? value) =>
        string.Create(CultureInfo.InvariantCulture, $"{value:0.0} °C");
}
