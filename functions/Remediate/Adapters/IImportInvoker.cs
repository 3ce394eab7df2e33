namespace Isobar.Remediate;

/// <summary>Invokes Import.</summary>
public interface IImportInvoker
{
    /// <summary>Invokes Import asynchronously: Lambda queues the event and runs it later.</summary>
    /// <param name="payload">JSON.</param>
    Task InvokeAsync(string payload, CancellationToken cancellationToken);
}
