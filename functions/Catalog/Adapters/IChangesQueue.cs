namespace Isobar.Catalog;

/// <summary>Tells the page writer which files changed.</summary>
public interface IChangesQueue
{
    /// <summary>Sends the file's key, at least once.</summary>
    Task SendAsync(string key, CancellationToken cancellationToken);
}
