namespace Isobar.Local.Services;

/// <summary>A service whose objects other services read by ARN: <c>arn:aws:s3:::bucket/key</c>.</summary>
internal interface IObjectSource : IServiceRole
{
    /// <summary>Copies an object.</summary>
    /// <param name="versionId">Null for the newest version.</param>
    /// <param name="maxBytes">A larger object is not read.</param>
    /// <returns>Its size; when that is larger than <paramref name="maxBytes"/>, nothing was written.</returns>
    /// <exception cref="Wire.AwsException">There is no such bucket, object or version.</exception>
    ValueTask<long> CopyAsync(
        Arn resource, string? versionId, Stream target, long maxBytes, CancellationToken cancellationToken);
}
