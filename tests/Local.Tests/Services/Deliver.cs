using Isobar.Local.Services;

namespace Isobar.Local.Tests.Services;

/// <summary>Deliveries on nobody's behalf, for tests that do not look at the source.</summary>
internal static class Deliver
{
    public static DeliverySource Nobody { get; } = new("test.amazonaws.com", "arn:aws:test:::test", "000000000000");

    public static ValueTask DeliverAsync(
        this ITarget target, Arn resource, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        target.DeliverAsync(resource, new TargetEvent(payload, Nobody), cancellationToken);
}
