using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>The event source mappings of the account. Owned by a monitor.</summary>
internal sealed class MappingRegistry
{
    private readonly SortedDictionary<string, EventSourceMapping> mappings = new(StringComparer.Ordinal);
    private readonly List<IMappingReader> readers = [];

    // Of mappings that were changed or deleted, until their batches have ended.
    private readonly List<IMappingReader> retired = [];

    /// <summary>In the order of their UUIDs.</summary>
    public IReadOnlyList<EventSourceMapping> All() => [.. mappings.Values];

    public EventSourceMapping? Find(string uuid) => mappings.GetValueOrDefault(uuid);

    /// <exception cref="AwsException">ResourceConflictException: the function reads this source already.</exception>
    public void Add(EventSourceMapping mapping)
    {
        CheckAlone(mapping);
        if (mappings.Count >= MappingLimits.MaxMappings)
            throw LambdaErrors.Service("This host holds no more event source mappings.");
        mappings.Add(mapping.Uuid, mapping);
    }

    /// <summary>Puts a mapping in the place of the one with its UUID.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="AwsException">As <see cref="Add"/>.</exception>
    public bool Replace(EventSourceMapping mapping)
    {
        if (Find(mapping.Uuid) is not { } before) return false;
        CheckAlone(mapping);
        if (retired.Count >= MappingLimits.MaxMappings)
            throw LambdaErrors.Service("Too many batches of changed event source mappings are still under way.");
        mappings[mapping.Uuid] = mapping with { Tags = before.Tags };
        return true;
    }

    /// <summary>Changes the tags of a mapping.</summary>
    /// <returns>The tags; null when there is no such mapping.</returns>
    public SortedDictionary<string, string>? ChangeTags(string uuid, Action<SortedDictionary<string, string>> change)
    {
        if (Find(uuid) is not { } mapping) return null;
        var tags = new SortedDictionary<string, string>(mapping.Tags.ToDictionary(), StringComparer.Ordinal);
        change(tags);
        mappings[uuid] = mapping with { Tags = tags };
        return tags;
    }

    /// <returns>Null when there was none.</returns>
    public EventSourceMapping? Delete(string uuid) => mappings.Remove(uuid, out var mapping) ? mapping : null;

    private void CheckAlone(EventSourceMapping mapping)
    {
        var other = mappings.Values.FirstOrDefault(existing => existing.Uuid != mapping.Uuid
            && existing.Source == mapping.Source && existing.FunctionName == mapping.FunctionName);
        if (other is not null) throw LambdaErrors.Conflict(other.ConflictText);
    }

    /// <summary>Remembers who reads for an enabled mapping, so that it can be stopped.</summary>
    public void Attach(IMappingReader reader) => readers.Add(reader);

    /// <returns>Null when nobody reads for the mapping.</returns>
    public IMappingReader? Reader(string uuid) => readers.Find(reader => reader.Mapping.Uuid == uuid);

    /// <summary>Takes away the reader of a mapping.</summary>
    /// <returns>Null when nobody reads for it.</returns>
    public IMappingReader? Detach(string uuid)
    {
        var index = readers.FindIndex(reader => reader.Mapping.Uuid == uuid);
        if (index < 0) return null;
        var reader = readers[index];
        readers.RemoveAt(index);
        return reader;
    }

    /// <summary>Remembers a reader that is stopping.</summary>
    public void Retire(IMappingReader reader) => retired.Add(reader);

    public void Forget(IMappingReader reader) => retired.Remove(reader);

    /// <summary>Those that read, and those that are stopping.</summary>
    public IReadOnlyList<IMappingReader> Readers() => [.. readers, .. retired];
}
