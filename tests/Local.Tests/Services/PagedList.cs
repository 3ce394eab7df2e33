namespace Isobar.Local.Tests.Services;

/// <summary>What is deleted after each page of a list, before the next page is asked for.</summary>
public enum Deletion
{
    /// <summary>The item that the page ended with, which a marker may name.</summary>
    LastOfPage,

    WholePage,

    /// <summary>The item that the next page would have begun with.</summary>
    FirstOfNextPage,
}

/// <summary>Reads a paged list while items are deleted: a marker is a position, not an item.</summary>
internal static class PagedList
{
    public static TheoryData<Deletion> Deletions => [.. Enum.GetValues<Deletion>()];

    /// <summary>
    /// Reads to the end. Every item that was not deleted before its page was read must come once, in order.
    /// </summary>
    /// <param name="items">All items in the order of the list; more than one page of them.</param>
    /// <param name="readPage">Reads the page at a marker; null for the first page.</param>
    public static async Task AssertNothingIsLostAsync(
        IReadOnlyList<string> items, Deletion deletion,
        Func<string?, Task<(IReadOnlyList<string> Items, string? Next)>> readPage, Func<string, Task> delete)
    {
        List<string> read = [];
        HashSet<string> deletedUnread = [];
        var pages = 0;
        string? marker = null;
        do
        {
            var page = await readPage(marker);
            read.AddRange(page.Items);
            marker = page.Next;
            Assert.True(++pages <= items.Count + 1, "The list has no end.");
            foreach (var item in marker is null ? [] : Chosen(page.Items))
            {
                await delete(item);
                if (!read.Contains(item)) deletedUnread.Add(item);
            }
        }
        while (marker is not null);

        Assert.True(pages > 1, "The list has one page only.");
        Assert.Equal(items.Where(item => !deletedUnread.Contains(item)), read);

        IEnumerable<string> Chosen(IReadOnlyList<string> page) => deletion switch
        {
            Deletion.LastOfPage => page.TakeLast(1),
            Deletion.WholePage => page,
            _ => items.SkipWhile(item => item != read[^1]).Skip(1).Take(1),
        };
    }
}
