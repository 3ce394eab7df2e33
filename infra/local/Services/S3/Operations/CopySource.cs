using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>What <c>x-amz-copy-source</c> names: <c>/bucket/key?versionId=…</c>, encoded as a form is:
/// a space may be <c>+</c>.</summary>
internal sealed record CopySource(string Bucket, string Key, string? VersionId)
{
    private const string VersionMark = "?versionId=";

    /// <exception cref="Wire.AwsException">InvalidArgument.</exception>
    public static CopySource Read(string header)
    {
        var mark = header.LastIndexOf(VersionMark, StringComparison.Ordinal);
        var version = mark < 0 ? null : header[(mark + VersionMark.Length)..];
        var path = UrlText.TryDecode((mark < 0 ? header : header[..mark]).AsSpan(), plusIsSpace: true)?.TrimStart('/');
        var slash = path?.IndexOf('/') ?? -1;
        if (path is null || slash <= 0 || slash == path.Length - 1)
            throw S3Errors.InvalidArgument("Invalid copy source object key", CopyObject.Source, CopyObject.Source);
        return new CopySource(path[..slash], path[(slash + 1)..], version);
    }

    /// <summary>Returns the version that was found; throws for a delete marker and for none.</summary>
    /// <exception cref="Wire.AwsException">NoSuchKey, NoSuchVersion; InvalidRequest for a delete marker that is
    /// named.</exception>
    public ObjectVersion Existing(ObjectVersion? found) => found switch
    {
        null when VersionId is not null => throw S3Errors.NoSuchVersion(Key, VersionId),
        null => throw S3Errors.NoSuchKey(Key),
        { IsDeleteMarker: true } when VersionId is not null => throw S3Errors.InvalidRequest(
            "The source of a copy request may not specifically refer to a delete marker by version id."),
        { IsDeleteMarker: true } => throw S3Errors.NoSuchKey(Key),
        _ => found,
    };
}
