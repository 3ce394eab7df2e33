using Amazon.Lambda.S3Events;

namespace Isobar.Intake;

/// <summary>One version of one object, as the event names it.</summary>
/// <param name="Key">Decoded: in the event it is encoded like a form field.</param>
/// <param name="Sequencer">Orders the events of one key.</param>
public sealed record LandedObject(string Bucket, string Key, string VersionId, string Sequencer)
{
    /// <exception cref="InvalidDataException">The bucket keeps no versions; later reads must name one.</exception>
    public static LandedObject From(S3Event.S3Entity entity) => new(
        entity.Bucket.Name,
        entity.Object.KeyDecoded,
        entity.Object.VersionId ?? throw new InvalidDataException($"Bucket {entity.Bucket.Name} keeps no versions."),
        entity.Object.Sequencer);
}
