namespace Isobar.Local.Edge.Events;

/// <summary>One line of a header.</summary>
/// <param name="Key">The name as it is to be written; the map's key is the same in lower case.</param>
internal sealed record HeaderLine(string Key, string Value);

/// <summary>Headers as events carry them: names in lower case, a list of lines each.</summary>
internal sealed class HeaderMap : SortedDictionary<string, IReadOnlyList<HeaderLine>>
{
    public HeaderMap()
        : base(StringComparer.Ordinal)
    {
    }

    public HeaderMap(HeaderMap other)
        : base(other, StringComparer.Ordinal)
    {
    }

    /// <summary>The first line's value, or null.</summary>
    /// <param name="name">In lower case.</param>
    public string? First(string name) => TryGetValue(name, out var lines) && lines.Count > 0 ? lines[0].Value : null;

    /// <summary>Whether one of the lines of a name has this value.</summary>
    /// <param name="name">In lower case.</param>
    public bool Has(string name, string value) =>
        LinesOf(name).Any(line => string.Equals(line.Value, value, StringComparison.Ordinal));

    /// <summary>Adds a line to those of its name.</summary>
    public void Add(string key, string value)
    {
        var name = key.ToLowerInvariant();
        this[name] = [.. TryGetValue(name, out var lines) ? lines : [], new HeaderLine(key, value)];
    }

    /// <summary>Replaces all lines of a name with one line.</summary>
    public void Set(string key, string value) => this[key.ToLowerInvariant()] = [new HeaderLine(key, value)];

    /// <summary>A copy with the headers whose name meets a condition.</summary>
    public HeaderMap Where(Func<string, bool> keeps)
    {
        var kept = new HeaderMap();
        foreach (var (name, lines) in this)
            if (keeps(name)) kept[name] = lines;
        return kept;
    }

    /// <summary>Whether both have the same values under a name, in the same order.</summary>
    public bool HasSame(string name, HeaderMap other)
    {
        var (mine, others) = (LinesOf(name), other.LinesOf(name));
        if (mine.Count != others.Count) return false;
        for (var i = 0; i < mine.Count; i++)
            if (!string.Equals(mine[i].Value, others[i].Value, StringComparison.Ordinal)) return false;
        return true;
    }

    /// <summary>Characters of all lines as they go over the wire: name, colon, space, value, line end.</summary>
    public int WireLength() => this.Sum(header => header.Value.Sum(line => line.Key.Length + line.Value.Length + 4));

    private IReadOnlyList<HeaderLine> LinesOf(string name) => TryGetValue(name, out var lines) ? lines : [];
}
