using Isobar.Local.History;

namespace Isobar.Local.Services.S3;

/// <summary>An object or a delete marker was written.</summary>
internal sealed record ObjectCreated(string Bucket, string Key, string VersionId, string EventName, long Bytes) : IFact
{
    string? IFact.Resource => FactResource.Of("s3", $"{Bucket}/{Key}");
}

/// <summary>A version was removed for good, or hidden by a delete marker.</summary>
internal sealed record ObjectRemoved(string Bucket, string Key, string VersionId, string EventName) : IFact
{
    string? IFact.Resource => FactResource.Of("s3", $"{Bucket}/{Key}");
}
