using Isobar.Import;

namespace Isobar.Functions.Tests.Import;

/// <summary>The open data and a landing bucket in memory: the versions of one key, each with its import.</summary>
internal sealed class StationsInMemory : IStationFiles
{
    private readonly List<string> versions = [];

    /// <summary>Whether the open data has the station.</summary>
    public bool HasStation { get; set; } = true;

    /// <summary>Runs after each copy; throws what ends the attempt there.</summary>
    public Func<Task>? AfterCopy { get; set; }

    /// <summary>The import of each version, oldest first.</summary>
    public IReadOnlyList<string> Versions => versions;

    public Task<string?> FindLandedAsync(string key, string importId, CancellationToken cancellationToken) =>
        Task.FromResult(versions.Count > 0 && versions[^1] == importId ? $"v{versions.Count}" : null);

    public async Task<string> CopyAsync(string key, string importId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!HasStation) throw new UnknownStationException("open-data", key);
        versions.Add(importId);
        var version = $"v{versions.Count}";
        if (AfterCopy is { } after) await after();
        return version;
    }
}
