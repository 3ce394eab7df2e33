namespace Isobar.Report;

/// <summary>The website's pages.</summary>
public interface ISitePages
{
    /// <summary>The tag of a page's content; null if there is no such page.</summary>
    Task<string?> TagAsync(string path, CancellationToken cancellationToken);

    /// <summary>The tags of a folder's files, by their paths.</summary>
    /// <param name="folder">With a slash behind it. It has at most 1,000 files.</param>
    Task<IReadOnlyDictionary<string, string>> TagsAsync(string folder, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the page if it still has this tag, or, without a tag, still does not exist. A page that has this content
    /// already is not written again.
    /// </summary>
    /// <returns>False if another writer changed the page meanwhile.</returns>
    Task<bool> TryWriteAsync(SiteFile file, string? tag, CancellationToken cancellationToken);

    /// <summary>Deletes a page, if there is one.</summary>
    Task DeleteAsync(string path, CancellationToken cancellationToken);

    /// <summary>
    /// The names of the folders of <see cref="SitePaths.Stations"/>, in order: one for each station that has pages, and
    /// that of the lists.
    /// </summary>
    /// <param name="prefix">What the names begin with; empty for all.</param>
    /// <param name="after">Only names that are greater than this, ordinally; null for all.</param>
    /// <param name="limit">1 to 1,000. S3 counts files beside the folders, too: the list of countries is one.</param>
    Task<IReadOnlyList<string>> FoldersAsync(
        string prefix, string? after, int limit, CancellationToken cancellationToken);
}
