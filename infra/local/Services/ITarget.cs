namespace Isobar.Local.Services;

/// <summary>Something that an event can be delivered to, by ARN.</summary>
internal interface ITarget
{
    /// <summary>The service part of the ARNs that this target answers for.</summary>
    string Service { get; }

    /// <summary>Whether the resource exists; services check it when a notification is configured.</summary>
    bool Exists(Arn resource);

    /// <summary>Takes an event over: once this completes, the target is responsible for it.</summary>
    /// <param name="happened">
    /// Its payload may be used again by the caller afterwards. A target takes what it has a place for: only a queue
    /// takes attributes.
    /// </param>
    /// <exception cref="Wire.AwsException">The target refuses the event (it does
    /// not exist, the event is too large).</exception>
    ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken);
}

/// <summary>Finds targets by the service part of an ARN, so that services need not know each other.</summary>
internal sealed class TargetDirectory
{
    private readonly Dictionary<string, ITarget> targets = new(StringComparer.Ordinal);

    public void Add(ITarget target) => targets.Add(target.Service, target);

    /// <returns>Null when no service answers for this ARN, or the resource does not exist.</returns>
    public ITarget? Find(Arn resource) =>
        targets.TryGetValue(resource.Service, out var target) && target.Exists(resource) ? target : null;
}
