using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>The event source mappings of the account. Owned by a monitor.</summary>
internal sealed class MappingRegistry
{
    private readonly SortedDictionary<string, QueueMapping> mappings = new(StringComparer.Ordinal);
    private readonly List<QueueReader> readers = [];

    // Of mappings that were changed or deleted, until their batches have ended.
    private readonly List<QueueReader> retired = [];

    /// <summary>In the order of their UUIDs.</summary>
    public IReadOnlyList<QueueMapping> All() => [.. mappings.Values];

    public QueueMapping? Find(string uuid) => mappings.GetValueOrDefault(uuid);

    /// <exception cref="AwsException">ResourceConflictException: the function reads this queue already.</exception>
    public void Add(QueueMapping mapping)
    {
        CheckAlone(mapping);
        if (mappings.Count >= MappingLimits.MaxMappings)
            throw LambdaErrors.Service("This host holds no more event source mappings.");
        mappings.Add(mapping.Uuid, mapping);
    }

    /// <summary>Puts a mapping in the place of the one with its UUID.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="AwsException">As <see cref="Add"/>.</exception>
    public bool Replace(QueueMapping mapping)
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
    public QueueMapping? Delete(string uuid) => mappings.Remove(uuid, out var mapping) ? mapping : null;

    private void CheckAlone(QueueMapping mapping)
    {
        var other = mappings.Values.FirstOrDefault(existing => existing.Uuid != mapping.Uuid
            && existing.Queue == mapping.Queue && existing.FunctionName == mapping.FunctionName);
        if (other is not null)
            throw LambdaErrors.Conflict($"An event source mapping with {mapping.Queue.Service.ToUpperInvariant()} arn "
                + $"(\" {mapping.Queue} \") and function (\" {mapping.FunctionName} \") already exists. "
                + $"Please update or delete the existing mapping with UUID {other.Uuid}");
    }

    /// <summary>Remembers who reads for an enabled mapping, so that it can be stopped.</summary>
    public void Attach(QueueReader reader) => readers.Add(reader);

    /// <summary>Takes away the reader of a mapping.</summary>
    /// <returns>Null when nobody reads for it.</returns>
    public QueueReader? Detach(string uuid)
    {
        var index = readers.FindIndex(reader => reader.Mapping.Uuid == uuid);
        if (index < 0) return null;
        var reader = readers[index];
        readers.RemoveAt(index);
        return reader;
    }

    /// <summary>Remembers a reader that is stopping.</summary>
    public void Retire(QueueReader reader) => retired.Add(reader);

    public void Forget(QueueReader reader) => retired.Remove(reader);

    /// <summary>Those that read, and those that are stopping.</summary>
    public IReadOnlyList<QueueReader> Readers() => [.. readers, .. retired];
}
