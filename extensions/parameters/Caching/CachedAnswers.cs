namespace Isobar.Parameters.Caching;

/// <summary>An answer in memory.</summary>
internal sealed class CachedAnswer(Wanted wanted, SourceAnswer answer, DateTimeOffset fetched)
{
    public Wanted Wanted { get; } = wanted;

    public SourceAnswer Answer { get; } = answer;

    public DateTimeOffset Fetched { get; } = fetched;

    /// <summary>Before it the source is not asked again; set when it was found to be away.</summary>
    public DateTimeOffset AskAgain { get; set; }
}

/// <summary>
/// The answers in memory, bounded in number and bytes: the one that was used least recently goes first. Not safe for
/// several threads.
/// </summary>
internal sealed class CachedAnswers(int maxItems, int maxBytes)
{
    private readonly Dictionary<Wanted, LinkedListNode<CachedAnswer>> byWanted = [];
    private readonly LinkedList<CachedAnswer> byUse = [];

    public int Count => byWanted.Count;

    public int Bytes { get; private set; }

    /// <summary>Finds what answers the question, and notes that it is used.</summary>
    public CachedAnswer? Find(Wanted wanted)
    {
        if (!byWanted.TryGetValue(wanted, out var node)
            && !byWanted.TryGetValue(wanted with { Decrypt = null }, out node)) return null;
        byUse.Remove(node);
        byUse.AddFirst(node);
        return node.Value;
    }

    /// <summary>Keeps an answer, in the place of what it had.</summary>
    public void Put(Wanted wanted, SourceAnswer answer, DateTimeOffset now)
    {
        Remove(wanted);
        if (answer.Body.Length > maxBytes || maxItems == 0) return;
        var key = answer.IsSecure ? wanted : wanted with { Decrypt = null };
        byWanted[key] = byUse.AddFirst(new CachedAnswer(key, answer, now));
        Bytes += answer.Body.Length;
        while (Count > maxItems || Bytes > maxBytes) Remove(byUse.Last!.Value.Wanted);
    }

    public void Remove(Wanted wanted)
    {
        Drop(wanted);
        Drop(wanted with { Decrypt = null });
    }

    private void Drop(Wanted wanted)
    {
        if (!byWanted.Remove(wanted, out var node)) return;
        byUse.Remove(node);
        Bytes -= node.Value.Answer.Body.Length;
    }
}
