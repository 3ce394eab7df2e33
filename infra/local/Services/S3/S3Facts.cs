namespace Isobar.Local.Services.S3;

/// <summary>An object or a delete marker was written.</summary>
internal sealed record ObjectCreated(string Bucket, string Key, string VersionId, string EventName, long Bytes);

/// <summary>A version was removed for good, or hidden by a delete marker.</summary>
internal sealed record ObjectRemoved(string Bucket, string Key, string VersionId, string EventName);

/// <summary>A target has accepted an event.</summary>
internal sealed record EventDelivered(string Target, string EventName, string Bucket, string Key, int Attempts);

/// <summary>A target has refused an event; it is delivered again later.</summary>
internal sealed record EventDeliveryFailed(string Target, string Bucket, string Key, string Reason,
    DateTimeOffset NextAttempt);

/// <summary>An event was dropped, because the target has refused it too often.</summary>
internal sealed record EventDropped(string Target, string Bucket, string Key, string Reason);
