namespace Isobar.Domain;

/// <summary>A growing list of structs in pages: growing copies nothing and leaves nothing behind.</summary>
internal sealed class Paged<T> where T : struct
{
    private const int PageBits = 10, PageItems = 1 << PageBits;

    private readonly List<T[]> _pages = [];

    public int Count { get; private set; }

    public ref T this[int index] => ref _pages[index >> PageBits][index & (PageItems - 1)];

    /// <summary>Adds an item and returns its index.</summary>
    public int Add(T item)
    {
        if (Count == _pages.Count << PageBits) _pages.Add(new T[PageItems]);
        this[Count] = item;
        return Count++;
    }
}
