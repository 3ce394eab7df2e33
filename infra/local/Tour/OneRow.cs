using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isobar.Local.Tour;

/// <summary>One row, from its bytes in the landed file to its line in the curated object.</summary>
internal sealed class OneRow(StackClients clients, Jobs jobs, TourReport report, string samples)
{
    // The column that holds the value, and the element whose unit is tenths of a degree.
    private const int ValueColumn = 3;
    private const string Element = "TMAX";

    public async Task FollowAsync(IReadOnlyList<LandedVersion> landed, CancellationToken cancellationToken)
    {
        report.Heading("One row, from the file to the curated object");
        var file = SampleFiles.In(samples).First();
        var row = (await File.ReadAllLinesAsync(file, cancellationToken))
            .First(line => line.Split(',') is [_, _, Element, not "-9999", _, "", ..]);
        var fields = row.Split(',');
        var job = await jobs.OfAsync(
            landed.Single(version => version.Key == SampleFiles.KeyOf(file)), cancellationToken);
        report.Fact($"landed    {row}");

        var date = $"{fields[1][..4]}-{fields[1][4..6]}-{fields[1][6..]}";
        var line = await FindAsync($"curated/{job.Id}/0.jsonl.gz", date, cancellationToken);
        var curated = line is null ? null : JsonSerializer.Deserialize(line, CuratedJson.Default.CuratedLine);
        report.Check(
            curated is not null && curated.Station == fields[0] && curated.Unit is not null
                && curated.Value == decimal.Parse(
                    fields[ValueColumn], System.Globalization.CultureInfo.InvariantCulture) / 10,
            $"curated {line}");
    }

    private async Task<string?> FindAsync(string key, string date, CancellationToken cancellationToken)
    {
        await foreach (var line in GzipLines.ReadAsync(clients, key, cancellationToken))
        {
            var candidate = JsonSerializer.Deserialize(line, CuratedJson.Default.CuratedLine);
            if (candidate?.Date == date && candidate.Element == Element) return line;
        }

        return null;
    }
}

/// <summary>A curated row.</summary>
internal sealed record CuratedLine(string Station, string Date, string Element, decimal Value, string? Unit);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CuratedLine))]
internal sealed partial class CuratedJson : JsonSerializerContext;
