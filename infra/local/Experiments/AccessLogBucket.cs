using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Local.Experiments;

/// <summary>A distribution's access log in the bucket to which CloudFront delivers it.</summary>
/// <param name="place">The bucket, and the prefix of the log's files.</param>
internal sealed partial class AccessLogBucket(IAmazonS3 s3, S3Place place)
{
    /// <summary>All requests of some days, in no order.</summary>
    /// <param name="from">The first day, in UTC.</param>
    /// <param name="to">The last day.</param>
    /// <exception cref="InvalidDataException">A file is not a standard access log; the message names it.</exception>
    public async IAsyncEnumerable<AccessLogLine> ReadAsync(
        DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listing = s3.Paginators.ListObjectsV2(new ListObjectsV2Request
        {
            BucketName = place.Bucket, Prefix = place.Key,
        });
        await foreach (var item in listing.S3Objects.WithCancellation(cancellationToken))
        {
            if (DayOf(item.Key) is not { } day || day < from || day > to) continue;
            using var file = await s3.GetObjectAsync(place.Bucket, item.Key, cancellationToken);
            await using var lines = AccessLogFile.ReadAsync(file.ResponseStream, cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(lines, item.Key)) yield return lines.Current;
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<AccessLogLine> lines, string key)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{key}: {e.Message}", e);
        }
    }

    /// <summary>The day that a file's name has; null for what is no file of an access log.</summary>
    /// <remarks>
    /// Source: Amazon CloudFront Developer Guide, "Configure standard logging (legacy)":
    /// <c>[prefix/]distribution.YYYY-MM-DD-HH.unique.gz</c>.
    /// </remarks>
    private static DateOnly? DayOf(string key) =>
        FileName().Match(key) is { Success: true } name
        && DateOnly.TryParseExact(
            name.Groups["day"].ValueSpan, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    [GeneratedRegex(@"(?:^|/)[A-Z0-9]+\.(?<day>\d{4}-\d{2}-\d{2})-\d{2}\.[A-Za-z0-9]+\.gz\z")]
    private static partial Regex FileName();
}
