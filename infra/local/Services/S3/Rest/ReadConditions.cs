using System.Globalization;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3.Rest;

/// <summary>The conditions of a read, or of the source of a copy.</summary>
/// <remarks>Source: Amazon S3 API Reference, GetObject and CopyObject: If-Match beats If-Unmodified-Since,
/// If-None-Match
/// beats If-Modified-Since; a date in the future is ignored.</remarks>
internal static class ReadConditions
{
    private const string CopyPrefix = "x-amz-copy-source-";

    /// <summary>The header fields that this reads, which routes that read allow.</summary>
    public static IReadOnlyList<string> Headers { get; } =
        ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"];

    /// <summary>The same for the source of a copy.</summary>
    public static IReadOnlyList<string> CopyHeaders { get; } =
        [.. Headers.Select(name => CopyPrefix + name.ToLowerInvariant())];

    /// <exception cref="AwsException">PreconditionFailed, or a 304 (of a copy: PreconditionFailed as well).</exception>
    public static void Check(S3Request request, ObjectVersion version, DateTimeOffset now, bool ofCopySource = false)
    {
        var prefix = ofCopySource ? CopyPrefix : "";
        if (request.Header(prefix + "If-Match") is { } match)
        {
            if (!HasETag(match, version)) throw S3Errors.PreconditionFailed(prefix + "If-Match");
        }
        else if (Date(request.Header(prefix + "If-Unmodified-Since"), now) is { } unmodified
            && version.LastModified > unmodified)
        {
            throw S3Errors.PreconditionFailed(prefix + "If-Unmodified-Since");
        }

        if (request.Header(prefix + "If-None-Match") is { } none)
        {
            if (HasETag(none, version)) throw Unchanged(prefix + "If-None-Match", version, ofCopySource);
        }
        else if (Date(request.Header(prefix + "If-Modified-Since"), now) is { } modified
            && version.LastModified <= modified)
        {
            throw Unchanged(prefix + "If-Modified-Since", version, ofCopySource);
        }
    }

    private static AwsException Unchanged(string condition, ObjectVersion version, bool ofCopySource) => ofCopySource
        ? S3Errors.PreconditionFailed(condition)
        : new AwsException("NotModified", "Not Modified", StatusCodes.Status304NotModified)
        {
            Headers =
            [
                new("ETag", $"\"{version.Content.ETag}\""),
                new("Last-Modified", version.LastModified.ToString("R", CultureInfo.InvariantCulture)),
            ],
        };

    private static bool HasETag(string header, ObjectVersion version) =>
        header == "*" || header.Split(',').Any(tag => tag.Trim().Trim('"') == version.Content.ETag);

    private static DateTimeOffset? Date(string? header, DateTimeOffset now) =>
        DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            && date <= now
            ? date : null;
}
