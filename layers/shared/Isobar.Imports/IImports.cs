namespace Isobar.Imports;

/// <summary>Reads imports.</summary>
public interface IImportReader
{
    /// <returns>Null if there is no such import.</returns>
    Task<ImportRecord?> FindAsync(string importId, CancellationToken cancellationToken);
}

/// <summary>
/// Reads and writes imports. They go accepted → copying → landed or failed, and failed → copying when the event
/// is sent again. Every member is idempotent by import id: it may be repeated, duplicated, reordered and interrupted.
/// </summary>
public interface IImports : IImportReader
{
    /// <summary>Creates the import as accepted unless it exists.</summary>
    /// <returns>The import as it is then.</returns>
    Task<ImportRecord> AcceptAsync(string importId, string station, CancellationToken cancellationToken);

    /// <summary>Makes the import copying unless it has landed.</summary>
    /// <returns>The import as it is then: copying, or landed before.</returns>
    /// <exception cref="ImportMissingException">There is no such import.</exception>
    Task<ImportRecord> CopyAsync(string importId, CancellationToken cancellationToken);

    /// <summary>Makes a copying import landed; if two attempts landed it, the first file stays.</summary>
    /// <returns>The import as it is then: landed, with this file or the earlier one.</returns>
    /// <exception cref="ImportNotCopyingException">It was marked as failed; the next attempt continues.</exception>
    /// <exception cref="ImportMissingException">There is no such import.</exception>
    Task<ImportRecord> LandAsync(string importId, LandedFile file, CancellationToken cancellationToken);

    /// <summary>
    /// Marks the import as failed and keeps the event, unless it has landed; creates the import if the event was never
    /// accepted. An attempt that is still running then fails to land it, and the next attempt continues.
    /// </summary>
    /// <returns>False if the import has landed.</returns>
    Task<bool> FailAsync(ImportFailure failure, CancellationToken cancellationToken);
}

/// <summary>An event of Import that Lambda gave up.</summary>
/// <param name="Event">The whole event as JSON.</param>
public sealed record ImportFailure(string ImportId, string Station, string Reason, string Event);

/// <summary>There is no such import.</summary>
public sealed class ImportMissingException(string importId) : Exception($"There is no import {importId}.");

/// <summary>The import is not in the state that this write requires.</summary>
public sealed class ImportNotCopyingException(string importId, ImportState state)
    : Exception($"Import {importId} is {state}, not {ImportState.Copying}.");
