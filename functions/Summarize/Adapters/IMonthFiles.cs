namespace Isobar.Summarize;

/// <summary>Reads, writes and deletes files of months in the data bucket (<see cref="Domain.PartialsFile"/>).</summary>
public interface IMonthFiles
{
    /// <returns>Null if there is no such object.</returns>
    Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken);

    /// <summary>Puts the whole content, from its beginning, as one object.</summary>
    Task PutAsync(string key, Stream content, CancellationToken cancellationToken);

    /// <summary>Deletes an object; does nothing if there is none.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);
}
