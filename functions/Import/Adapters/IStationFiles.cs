namespace Isobar.Import;

/// <summary>Copies files from the open data to the landing bucket.</summary>
public interface IStationFiles
{
    /// <summary>Finds the version of the key in the landing bucket, if this import put it there.</summary>
    /// <returns>Its version id, or null.</returns>
    Task<string?> FindLandedAsync(string key, string importId, CancellationToken cancellationToken);

    /// <summary>Copies the key from the open data to the landing bucket, with the import id as metadata.</summary>
    /// <returns>The version id of the copy.</returns>
    /// <exception cref="UnknownStationException">The open data has no such key.</exception>
    Task<string> CopyAsync(string key, string importId, CancellationToken cancellationToken);
}

/// <summary>The open data has no file of this station; it may have one later.</summary>
public sealed class UnknownStationException(string bucket, string key)
    : Exception($"There is no {key} in the open data bucket {bucket}.");
