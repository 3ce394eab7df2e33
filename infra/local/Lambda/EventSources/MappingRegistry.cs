using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>The event source mappings of the account. Owned by a monitor.</summary>
internal sealed class MappingRegistry
{
    private readonly SortedDictionary<string, QueueMapping> mappings = new(StringComparer.Ordinal);
    private readonly List<QueueReader> readers = [];

    /// <summary>In the order of their UUIDs.</summary>
    public IReadOnlyList<QueueMapping> All() => [.. mappings.Values];

    public QueueMapping? Find(string uuid) => mappings.GetValueOrDefault(uuid);

    /// <exception cref="AwsException">ResourceConflictException: the function reads this queue already.</exception>
    public void Add(QueueMapping mapping)
    {
        var other = mappings.Values.FirstOrDefault(
            existing => existing.Queue == mapping.Queue && existing.FunctionName == mapping.FunctionName);
        if (other is not null)
            throw LambdaErrors.Conflict($"An event source mapping with {mapping.Queue.Service.ToUpperInvariant()} arn "
                + $"(\" {mapping.Queue} \") and function (\" {mapping.FunctionName} \") already exists. "
                + $"Please update or delete the existing mapping with UUID {other.Uuid}");
        if (mappings.Count >= MappingLimits.MaxMappings)
            throw LambdaErrors.Service("This host holds no more event source mappings.");
        mappings.Add(mapping.Uuid, mapping);
    }

    /// <summary>Remembers who reads for an enabled mapping, so that it can be stopped.</summary>
    public void Attach(QueueReader reader) => readers.Add(reader);

    public IReadOnlyList<QueueReader> Readers() => [.. readers];
}
