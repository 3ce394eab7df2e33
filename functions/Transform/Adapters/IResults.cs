namespace Isobar.Transform;

/// <summary>Writes a chunk's results.</summary>
public interface IResults
{
    /// <summary>Puts the whole content, from its beginning, as one object.</summary>
    Task PutAsync(string key, Stream content, CancellationToken cancellationToken);
}
