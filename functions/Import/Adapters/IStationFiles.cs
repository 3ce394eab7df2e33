namespace Isobar.Import;

/// <summary>The open data and the landing bucket as Import sees them.</summary>
public interface IStationFiles
{
    /// <summary>The landed version of the key, if this import put it there.</summary>
    /// <returns>Its version id, or null.</returns>
    Task<string?> FindLandedAsync(string key, string importId, CancellationToken cancellationToken);

    /// <summary>Copies the key from the open data to the landing bucket, marked with the import.</summary>
    /// <returns>The version id that it has there.</returns>
    /// <exception cref="UnknownStationException">The open data has no such key.</exception>
    Task<string> CopyAsync(string key, string importId, CancellationToken cancellationToken);
}

/// <summary>The open data has no file of this station, or not yet.</summary>
public sealed class UnknownStationException(string bucket, string key)
    : Exception($"There is no {key} in the open data bucket {bucket}.");
