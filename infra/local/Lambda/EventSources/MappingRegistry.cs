using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>The event source mappings of the account. Owned by a monitor.</summary>
internal sealed class MappingRegistry
{
    private readonly SortedDictionary<string, QueueMapping> mappings = new(StringComparer.Ordinal);

    // By mapping: the reader of an enabled one, and those that were told to stop and have not yet.
    private readonly Dictionary<string, List<QueueReader>> readers = new(StringComparer.Ordinal);

    /// <summary>In the order of their UUIDs.</summary>
    public IReadOnlyList<QueueMapping> All() => [.. mappings.Values];

    public QueueMapping? Find(string uuid) => mappings.GetValueOrDefault(uuid);

    /// <exception cref="AwsException">ResourceConflictException: the function reads this queue already.</exception>
    public void Add(QueueMapping mapping)
    {
        CheckOthers(mapping);
        if (mappings.Count >= MappingLimits.MaxMappings)
            throw LambdaErrors.Service("This host holds no more event source mappings.");
        mappings.Add(mapping.Uuid, mapping);
    }

    /// <summary>Puts changed settings in the place of the ones before.</summary>
    /// <returns>The reader that must stop, if there is one; false when there is no such mapping.</returns>
    /// <exception cref="AwsException">
    /// ResourceConflictException: another mapping is the same, or this one is being deleted; ServiceException: too many
    /// readers have not stopped yet.
    /// </exception>
    public (bool Found, QueueReader? Reader) Replace(QueueMapping mapping)
    {
        if (Find(mapping.Uuid) is not { } before) return (false, null);
        CheckInUse(before);
        CheckOthers(mapping);
        if (Of(mapping.Uuid).Count >= MappingLimits.MaxReaders)
            throw LambdaErrors.Service("This mapping was changed too often while batches of it are under way.");
        var reader = before.Enabled ? Of(mapping.Uuid).LastOrDefault() : null;
        mappings[mapping.Uuid] = mapping with
        {
            Tags = before.Tags,
            State = mapping.Enabled || reader is null ? mapping.State : MappingStates.Disabling,
        };
        return (true, reader);
    }

    /// <summary>Begins to delete a mapping: it is gone when it has no reader any more.</summary>
    /// <returns>The mapping as it is shown, and the reader that must stop; null when there is no such mapping.</returns>
    /// <exception cref="AwsException">ResourceConflictException: it is being deleted.</exception>
    public (QueueMapping Mapping, QueueReader? Reader)? Delete(string uuid)
    {
        if (Find(uuid) is not { } mapping) return null;
        CheckInUse(mapping);
        var deleting = mapping with { State = MappingStates.Deleting };
        if (Of(uuid).Count == 0) mappings.Remove(uuid);
        else mappings[uuid] = deleting;
        return (deleting, mapping.Enabled ? Of(uuid).LastOrDefault() : null);
    }

    /// <summary>Remembers who reads for an enabled mapping, so that it can be stopped.</summary>
    public void Attach(string uuid, QueueReader reader)
    {
        if (!readers.TryGetValue(uuid, out var own)) readers.Add(uuid, own = []);
        own.Add(reader);
    }

    /// <summary>A reader has stopped.</summary>
    public void Detach(string uuid, QueueReader reader)
    {
        if (!readers.TryGetValue(uuid, out var own)) return;
        own.Remove(reader);
        if (own.Count > 0) return;
        readers.Remove(uuid);
        if (Find(uuid) is not { } mapping) return;
        if (mapping.State == MappingStates.Deleting) mappings.Remove(uuid);
        else if (!mapping.Enabled) mappings[uuid] = mapping with { State = MappingStates.Disabled };
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

    public IReadOnlyList<QueueReader> Readers() => [.. readers.Values.SelectMany(own => own)];

    private List<QueueReader> Of(string uuid) => readers.GetValueOrDefault(uuid) ?? [];

    private static void CheckInUse(QueueMapping mapping)
    {
        // The API Reference has ResourceInUseException for a mapping that is being changed.
        if (mapping.State == MappingStates.Deleting)
            throw LambdaErrors.InUse("Cannot delete the event source mapping because it is in use.");
    }

    private void CheckOthers(QueueMapping mapping)
    {
        var other = mappings.Values.FirstOrDefault(existing => existing.Queue == mapping.Queue
            && existing.FunctionName == mapping.FunctionName && existing.Uuid != mapping.Uuid);
        if (other is not null)
            throw LambdaErrors.Conflict($"An event source mapping with {mapping.Queue.Service.ToUpperInvariant()} arn "
                + $"(\" {mapping.Queue} \") and function (\" {mapping.FunctionName} \") already exists. "
                + $"Please update or delete the existing mapping with UUID {other.Uuid}");
    }
}
