using Isobar.Domain;

namespace Isobar.Intake;

/// <summary>Reads what Intake must know of an object in the landing bucket.</summary>
public interface ILandedObjects
{
    /// <summary>Length and kind of one version.</summary>
    Task<LandedContent> HeadAsync(ObjectVersion source, CancellationToken cancellationToken);
}

/// <param name="Length">Bytes as stored.</param>
/// <param name="IsGzip">Whether the first two bytes are those of a gzip.</param>
public sealed record LandedContent(long Length, bool IsGzip);
