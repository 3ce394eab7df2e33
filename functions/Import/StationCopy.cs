using AWS.Lambda.Powertools.Logging;
using Isobar.Domain;
using Isobar.Imports;

namespace Isobar.Import;

/// <summary>Brings one station's file to the landing bucket, once an import however often the event comes.</summary>
/// <param name="landing">The landing bucket's name.</param>
public sealed class StationCopy(IImports imports, IStationFiles files, string landing)
{
    /// <exception cref="InvalidRequestException">The event is not one that the API sends.</exception>
    /// <exception cref="UnknownStationException">The open data has no file of this station.</exception>
    public async Task<Imported> RunAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        var id = request.CheckedImportId();
        // The record comes before any check of the station: what is refused can then be seen as failed.
        var accepted = await imports.AcceptAsync(id, Shown(request.Station), cancellationToken);
        var key = request.Key;
        if (accepted.Landed is { } before) return Answer(id, request, before, "again");

        await imports.CopyAsync(id, cancellationToken);
        // Only where an earlier attempt got this far can there be a copy of its own.
        var version = accepted.State == ImportState.Accepted
            ? null
            : await files.FindLandedAsync(key, id, cancellationToken);
        version ??= await files.CopyAsync(key, id, cancellationToken);
        var file = new LandedFile(JobId.From(landing, key, version), key, version);
        var landed = await imports.LandAsync(id, file, cancellationToken);
        return Answer(id, request, landed.Landed ?? file, "now");
    }

    private static Imported Answer(string id, ImportRequest request, LandedFile file, string when)
    {
        Logger.LogInformation("Import {importId} landed ({when}): {key} is job {job}", id, when, file.Key, file.Job);
        return new Imported(id, request.Station!, file.Job, file.Key, file.VersionId);
    }

    // A record shows what was asked for, in a length that an item can hold.
    private static string Shown(string? station) =>
        station is null ? "" : station.Length <= StationId.Length ? station : station[..StationId.Length] + "…";
}
