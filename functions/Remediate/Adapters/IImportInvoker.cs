namespace Isobar.Remediate;

/// <summary>The Import function as Remediate sees it.</summary>
public interface IImportInvoker
{
    /// <summary>Hands Lambda an event for Import, to be handled some time after the answer.</summary>
    /// <param name="payload">JSON.</param>
    Task InvokeAsync(string payload, CancellationToken cancellationToken);
}
