using AWS.Lambda.Powertools.Logging;
using Isobar.Imports;

namespace Isobar.Remediate;

/// <summary>Keeps the events of failed imports, and resends one on request.</summary>
public sealed class Remediation(IImports imports, IImportInvoker import)
{
    /// <summary>
    /// Marks the import as failed and keeps its event, unless it has landed. It may have landed: the last attempt may
    /// have timed out after the copy. Then only the entry in the job's timeline is missing.
    /// </summary>
    public async Task<Remedy> RecordAsync(ImportFailure failure, CancellationToken cancellationToken)
    {
        var recorded = await imports.FailAsync(failure, cancellationToken);
        if (recorded) Logger.LogWarning("Import {importId} failed: {reason}", failure.ImportId, failure.Reason);
        else Logger.LogInformation("Import {importId} has landed; its failure is ignored", failure.ImportId);
        return new Remedy(failure.ImportId, recorded ? "recorded" : "landed-before");
    }

    /// <summary>Sends the kept event to Import again, if the import is still failed.</summary>
    /// <exception cref="ImportMissingException">There is no such import.</exception>
    public async Task<Remedy> ResendAsync(string importId, CancellationToken cancellationToken)
    {
        var record = await imports.FindAsync(importId, cancellationToken)
            ?? throw new ImportMissingException(importId);
        if (record is not { State: ImportState.Failed, FailedEvent: { } kept })
            return new Remedy(importId, "not-failed");
        await import.InvokeAsync(kept, cancellationToken);
        Logger.LogInformation("Import {importId} sent again", importId);
        return new Remedy(importId, "resent");
    }
}
