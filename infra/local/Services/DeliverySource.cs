namespace Isobar.Local.Services;

/// <summary>
/// On whose behalf an event is delivered: what a target checks its permissions against before it takes the event.
/// </summary>
/// <param name="Principal">Who delivers, as policies name it: a service (<c>s3.amazonaws.com</c>), or the ARN of the
/// role that a service acts in.</param>
/// <param name="Arn">The resource that caused the event, <c>aws:SourceArn</c>: a bucket, topic, rule or
/// function.</param>
/// <param name="AccountId">Whose resource that is, <c>aws:SourceAccount</c>: 12 digits. A bucket's ARN has
/// none.</param>
internal sealed record DeliverySource(string Principal, string Arn, string AccountId);
