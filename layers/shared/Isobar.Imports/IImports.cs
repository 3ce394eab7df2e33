namespace Isobar.Imports;

/// <summary>
/// The records of imports. They go accepted → copying → landed or failed, and failed → copying when the event is sent
/// again. Every member is idempotent by import id, so it may be repeated, duplicated, reordered and interrupted.
/// </summary>
public interface IImports
{
    Task<ImportRecord?> FindAsync(string importId, CancellationToken cancellationToken);

    /// <summary>Puts the record as accepted unless there is one.</summary>
    /// <returns>The record as it is then.</returns>
    Task<ImportRecord> AcceptAsync(string importId, string station, CancellationToken cancellationToken);

    /// <summary>Makes an import copying unless it has landed.</summary>
    /// <returns>The record as it is then: copying, or landed before.</returns>
    /// <exception cref="ImportMissingException">There is no record.</exception>
    Task<ImportRecord> CopyAsync(string importId, CancellationToken cancellationToken);

    /// <summary>Makes a copying import landed; of two that landed the same import, the earlier one stays.</summary>
    /// <returns>The record as it is then: landed, with this file or the earlier one.</returns>
    /// <exception cref="ImportNotCopyingException">It was marked as failed; the next attempt goes on.</exception>
    /// <exception cref="ImportMissingException">There is no record.</exception>
    Task<ImportRecord> LandAsync(string importId, LandedFile file, CancellationToken cancellationToken);

    /// <summary>
    /// Marks the import as failed and keeps the event, unless it has landed; puts a record where the event never came
    /// to be accepted. Where an attempt is under way, its landing fails, and the attempt after it goes on.
    /// </summary>
    /// <returns>False if the import has landed.</returns>
    Task<bool> FailAsync(ImportFailure failure, CancellationToken cancellationToken);
}

/// <summary>An event that Lambda gave up.</summary>
/// <param name="Event">The whole event as JSON.</param>
public sealed record ImportFailure(string ImportId, string Station, string Reason, string Event);

/// <summary>There is no such import.</summary>
public sealed class ImportMissingException(string importId) : Exception($"Import {importId} has no record.");

/// <summary>The import is in another state than the one that the write goes on from.</summary>
public sealed class ImportNotCopyingException(string importId, ImportState state)
    : Exception($"Import {importId} is {state}, not {ImportState.Copying}.");
