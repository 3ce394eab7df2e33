using Isobar.Local.History;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Hides an object behind a delete marker, or removes one version for good.</summary>
/// <remarks>Source: Amazon S3 API Reference, DeleteObject; that nothing was there is a success.</remarks>
internal sealed class DeleteObject(S3Store store, Journal journal)
{
    public static readonly string[] Query = ["versionId"];

    /// <exception cref="Wire.AwsException">NoSuchBucket.</exception>
    public Task HandleAsync(S3Request request)
    {
        var outcome = Delete(request, request.Key, request.VersionId());
        request.SetHeader("x-amz-version-id", outcome.VersionId);
        if (outcome.IsDeleteMarker) request.SetHeader("x-amz-delete-marker", "true");
        return request.AnswerAsync(204);
    }

    /// <summary>Deletes one key or version and records it.</summary>
    public DeleteOutcome Delete(S3Request request, string key, string? versionId)
    {
        var outcome = store.Ask((state, now) => state.Delete(request.Bucket, key, versionId, request.Requester, now));
        if (outcome.EventName is { } name)
            journal.Record(new ObjectRemoved(request.Bucket, key, outcome.VersionId ?? ObjectVersion.NullId, name));
        return outcome;
    }
}
