namespace Isobar.Local.Services;

/// <summary>Something that an event can be delivered to, by ARN.</summary>
internal interface ITarget : IServiceRole
{
    /// <summary>Takes an event over: once this completes, the target is responsible for it.</summary>
    /// <param name="happened">
    /// Its payload may be used again by the caller afterwards. A target takes what it has a place for: only a queue
    /// takes attributes.
    /// </param>
    /// <exception cref="Wire.AwsException">The target refuses the event (it does
    /// not exist, the event is too large).</exception>
    ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken);
}
