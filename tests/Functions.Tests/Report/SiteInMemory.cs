using Isobar.Functions.Tests.Import;
using Isobar.Report;

namespace Isobar.Functions.Tests.Report;

/// <summary>The website's pages in memory, with the same conditions as the bucket.</summary>
/// <param name="disorder">Loses calls, and lets others get in between; null for none of that.</param>
internal sealed class SiteInMemory(Disorder? disorder = null) : ISitePages
{
    private readonly SortedDictionary<string, byte[]> pages = new(StringComparer.Ordinal);

    /// <summary>Pages that were written, not those that were the same.</summary>
    public int Writes { get; private set; }

    /// <summary>Writes that were refused, because the page had changed.</summary>
    public int Conflicts { get; private set; }

    /// <summary>All calls.</summary>
    public int Calls { get; private set; }

    /// <summary>Is called before a page is deleted.</summary>
    public Action OnDelete { get; set; } = () => { };

    public IReadOnlyDictionary<string, byte[]> Pages => pages;

    /// <summary>Somebody else's change of a page.</summary>
    public void Change(string path) => pages[path] = [.. pages[path], .. "\n"u8];

    public Task<string?> TagAsync(string path, CancellationToken cancellationToken) =>
        CallAsync(() => pages.TryGetValue(path, out var content) ? TagOf(content) : null);

    public Task<IReadOnlyDictionary<string, string>> TagsAsync(string folder, CancellationToken cancellationToken) =>
        CallAsync<IReadOnlyDictionary<string, string>>(() => pages
            .Where(page => page.Key.StartsWith(folder, StringComparison.Ordinal))
            .ToDictionary(page => page.Key, page => TagOf(page.Value)));

    public Task<bool> TryWriteAsync(SiteFile file, string? tag, CancellationToken cancellationToken) =>
        CallAsync(() =>
        {
            if (tag == TagOf(file.Content)) return true;
            if ((pages.TryGetValue(file.Path, out var content) ? TagOf(content) : null) != tag)
            {
                Conflicts++;
                return false;
            }

            pages[file.Path] = file.Content;
            Writes++;
            return true;
        });

    public Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        OnDelete();
        return CallAsync(() => pages.Remove(path));
    }

    public Task<IReadOnlyList<string>> FoldersAsync(
        string prefix, string? after, int limit, CancellationToken cancellationToken) =>
        CallAsync<IReadOnlyList<string>>(() =>
        [
            .. pages.Keys.Where(path => path.StartsWith(SitePaths.Stations + prefix, StringComparison.Ordinal))
                .Where(path => path.Split('/').Length == 3).Select(path => path.Split('/')[1])
                .Distinct().Where(folder => after is null || string.CompareOrdinal(folder, after) > 0).Take(limit),
        ]);

    private Task<T> CallAsync<T>(Func<T> call)
    {
        Calls++;
        return disorder is null ? Task.FromResult(call()) : disorder.CallAsync(() => Task.FromResult(call()));
    }

    private static string TagOf(byte[] content) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(content));
}
