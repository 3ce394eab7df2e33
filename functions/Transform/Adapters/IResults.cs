namespace Isobar.Transform;

/// <summary>The data bucket as Transform sees it.</summary>
public interface IResults
{
    /// <summary>Puts everything written to <paramref name="content"/> so far; a repeat puts equal bytes.</summary>
    Task PutAsync(string key, Stream content, CancellationToken cancellationToken);
}
