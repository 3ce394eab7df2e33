using Amazon.Lambda.S3Events;

namespace Isobar.Intake;

/// <summary>One version of one object, as the event names it.</summary>
/// <param name="Key">Decoded: in the event it is encoded like a form field.</param>
/// <param name="Sequencer">Orders the events of one key.</param>
/// <param name="At">When it landed.</param>
public sealed record LandedObject(string Bucket, string Key, string VersionId, string Sequencer, DateTimeOffset At)
{
    /// <exception cref="InvalidDataException">The bucket keeps no versions; later reads must name one.</exception>
    public static LandedObject From(S3Event.S3EventNotificationRecord landed) => new(
        landed.S3.Bucket.Name,
        landed.S3.Object.KeyDecoded,
        landed.S3.Object.VersionId
            ?? throw new InvalidDataException($"Bucket {landed.S3.Bucket.Name} keeps no versions."),
        landed.S3.Object.Sequencer,
        new DateTimeOffset(landed.EventTime.ToUniversalTime()));
}
