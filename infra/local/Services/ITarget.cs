namespace Isobar.Local.Services;

/// <summary>Something that an event can be delivered to, by ARN.</summary>
internal interface ITarget : IServiceRole
{
    /// <summary>Takes an event over: once this completes, the target is responsible for it.</summary>
    /// <exception cref="Wire.AwsException">The target refuses the event (it does
    /// not exist, the event is too large).</exception>
    ValueTask DeliverAsync(Arn resource, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>Takes over an event with attributes, source or trace.</summary>
    /// <remarks>By default only the payload is taken: some targets have no place for the rest, as on AWS.</remarks>
    /// <exception cref="Wire.AwsException">The target refuses the event.</exception>
    ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken) =>
        DeliverAsync(resource, happened.Payload, cancellationToken);
}
