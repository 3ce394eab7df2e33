using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Stories.Telemetry;

/// <summary>A line of an object that the extension wrote.</summary>
/// <param name="Environment">The process of the extension that shipped it.</param>
internal sealed record ShippedLine(string Key, string Environment, long Sequence, string Type, JsonElement Record)
{
    public string? RequestId => Record.ValueKind == JsonValueKind.Object
        && Record.TryGetProperty("requestId", out var id) ? id.GetString() : null;

    public static async Task<IReadOnlyList<ShippedLine>> ReadAllAsync(IAmazonS3 s3, string bucket)
    {
        var lines = new List<ShippedLine>();
        var page = new ListObjectsV2Request { BucketName = bucket, Prefix = "telemetry/" };
        ListObjectsV2Response listed;
        do
        {
            listed = await s3.ListObjectsV2Async(page);
            foreach (var each in listed.S3Objects ?? [])
            {
                using var content = await s3.GetObjectAsync(bucket, each.Key);
                await using var plain = new GZipStream(content.ResponseStream, CompressionMode.Decompress);
                using var reader = new StreamReader(plain, Encoding.UTF8);
                while (await reader.ReadLineAsync() is { } line) lines.Add(Parse(each.Key, line));
            }

            page.ContinuationToken = listed.NextContinuationToken;
        }
        while (listed.IsTruncated == true);
        return lines;
    }

    private static ShippedLine Parse(string key, string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        return new ShippedLine(
            key, root.GetProperty("environment").GetString()!, root.GetProperty("sequence").GetInt64(),
            root.GetProperty("type").GetString()!, root.GetProperty("record").Clone());
    }
}
