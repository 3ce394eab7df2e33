using AWS.Lambda.Powertools.Logging;
using Isobar.Domain;
using Isobar.Imports;

namespace Isobar.Import;

/// <summary>Copies a station's file to the landing bucket, once for each import.</summary>
/// <param name="landing">The landing bucket's name.</param>
public sealed class StationCopy(IImports imports, IStationFiles files, string landing)
{
    /// <exception cref="InvalidRequestException">The event has no valid import id or station.</exception>
    /// <exception cref="UnknownStationException">The open data has no file of this station.</exception>
    public async Task<Imported> RunAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        var id = request.CheckedImportId();
        // Before the station is checked, so that an import of an invalid station exists and can be seen to fail.
        var accepted = await imports.AcceptAsync(id, Shown(request.Station), cancellationToken);
        var key = request.Key;
        if (accepted.Landed is { } before) return Result(id, request, before);

        await imports.CopyAsync(id, cancellationToken);
        // Only if an earlier attempt came this far, the file may already be there.
        var version = accepted.State == ImportState.Accepted
            ? null
            : await files.FindLandedAsync(key, id, cancellationToken);
        version ??= await files.CopyAsync(key, id, cancellationToken);
        var file = new LandedFile(JobId.From(landing, key, version), key, version);
        var landed = await imports.LandAsync(id, file, cancellationToken);
        return Result(id, request, landed.Landed ?? file);
    }

    private static Imported Result(string id, ImportRequest request, LandedFile file)
    {
        Logger.LogInformation("Import {importId} landed: {key} is job {job}", id, file.Key, file.Job);
        return new Imported(id, request.Station!, file.Job, file.Key, file.VersionId);
    }

    // The import keeps the requested station, shortened if it is longer than an id.
    private static string Shown(string? station) =>
        station is null ? "" : station.Length <= StationId.Length ? station : station[..StationId.Length] + "…";
}
