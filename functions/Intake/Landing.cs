using Amazon.Lambda.S3Events;
using Isobar.Domain;

namespace Isobar.Intake;

/// <summary>One record of an S3 event: the object version that was put, and when.</summary>
public sealed record Landing(ObjectVersion Source, DateTimeOffset At)
{
    /// <exception cref="InvalidDataException">The bucket has no versioning, and later reads need a version.</exception>
    public static Landing From(S3Event.S3EventNotificationRecord landed) => new(
        new ObjectVersion(
            landed.S3.Bucket.Name,
            landed.S3.Object.KeyDecoded,
            landed.S3.Object.VersionId ?? throw new InvalidDataException(
                $"Versioning is off in bucket {landed.S3.Bucket.Name}, so its objects can't be read by version."),
            landed.S3.Object.Sequencer),
        new DateTimeOffset(landed.EventTime.ToUniversalTime()));
}
