namespace Isobar.Intake;

/// <summary>The landing bucket as Intake sees it.</summary>
public interface ILandedObjects
{
    /// <summary>Length and kind of one version.</summary>
    Task<LandedContent> HeadAsync(LandedObject source, CancellationToken cancellationToken);
}

/// <param name="Length">Bytes as stored.</param>
/// <param name="IsGzip">Whether the first two bytes say gzip.</param>
public sealed record LandedContent(long Length, bool IsGzip);
