namespace Isobar.Domain;

/// <summary>A growing list of structs in pages: growing copies nothing and leaves nothing behind.</summary>
internal sealed class Paged<T> where T : struct
{
    private const int PageBits = 10, PageItems = 1 << PageBits;

    private readonly List<T[]> pages = [];

    public int Count { get; private set; }

    public ref T this[int index] => ref pages[index >> PageBits][index & (PageItems - 1)];

    /// <summary>Adds an item and returns its index.</summary>
    public int Add(T item)
    {
        if (Count == pages.Count << PageBits) pages.Add(new T[PageItems]);
        this[Count] = item;
        return Count++;
    }
}
