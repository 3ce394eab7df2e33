namespace Isobar.Catalog;

/// <summary>The lists of files that the website reads, one object each.</summary>
public interface ISiteLists
{
    /// <summary>The list and the tag of its object; an empty list without a tag if there is no object.</summary>
    Task<(FileList List, string? Tag)> ReadAsync(string objectKey, CancellationToken cancellationToken);

    /// <summary>Writes the list if its object still has this tag, or, without a tag, still does not exist.</summary>
    /// <returns>False if another writer changed the object meanwhile.</returns>
    Task<bool> TryWriteAsync(string objectKey, FileList list, string? tag, CancellationToken cancellationToken);
}
