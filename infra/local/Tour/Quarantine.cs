using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.S3.Model;

namespace Isobar.Local.Tour;

/// <summary>What is in quarantine, by reason, against what was planted.</summary>
internal sealed class Quarantine(StackClients clients, TourReport report, string samples)
{
    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        report.Heading("Rows in quarantine, by reason");
        var found = await CountAsync(cancellationToken);
        var planted = Planted();
        foreach (var (reason, count) in found.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key))
        {
            report.Check(planted.GetValueOrDefault(reason) == count,
                string.Create(CultureInfo.InvariantCulture, $"{reason,-20} {count,5:N0} rows"));
        }

        report.Check(planted.Keys.All(found.ContainsKey), $"all {planted.Count} planted kinds of defect were found");
    }

    private async Task<Dictionary<string, long>> CountAsync(CancellationToken cancellationToken)
    {
        var reasons = new Dictionary<string, long>();
        var pages = clients.S3.Paginators.ListObjectsV2(
            new ListObjectsV2Request { BucketName = clients.DataBucket, Prefix = "quarantine/" });
        await foreach (var entry in pages.S3Objects.WithCancellation(cancellationToken))
        {
            using var answer = await clients.S3.GetObjectAsync(clients.DataBucket, entry.Key, cancellationToken);
            var rows = JsonSerializer.DeserializeAsyncEnumerable(
                answer.ResponseStream, QuarantineJson.Default.QuarantinedRow, topLevelValues: true, cancellationToken);
            await foreach (var row in rows) reasons[row!.Reason] = reasons.GetValueOrDefault(row.Reason) + 1;
        }

        return reasons;
    }

    private Dictionary<string, long> Planted()
    {
        var seeded = SampleFiles.In(samples).Select(Path.GetFileName).ToHashSet();
        return SampleFiles.Expectations(samples).Values
            .Where(planted => planted.Failure is null && seeded.Contains(Path.GetFileName(planted.File)))
            .SelectMany(planted => planted.Malformed
                .Concat(planted.Flagged.Select(flag => KeyValuePair.Create($"quality:{flag.Key}", flag.Value))))
            .GroupBy(entry => entry.Key, entry => entry.Value)
            .ToDictionary(group => group.Key, group => group.Sum());
    }
}

/// <summary>A row in quarantine.</summary>
internal sealed record QuarantinedRow(long Offset, long Line, string Reason, string? Raw, string? RawBase64);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QuarantinedRow))]
internal sealed partial class QuarantineJson : JsonSerializerContext;
