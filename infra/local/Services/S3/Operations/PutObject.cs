using Isobar.Local.History;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Writes an object in one piece.</summary>
/// <remarks>Source: Amazon S3 API Reference, PutObject.</remarks>
internal sealed class PutObject(S3Store store, PayloadIntake intake, Journal journal)
{
    private const string EventName = "ObjectCreated:Put";

    public static readonly string[] Headers =
        [.. PayloadDeclaration.Headers, .. WriteCondition.Headers, .. ObjectHeaders.PutHeaders];

    /// <exception cref="Wire.AwsException">NoSuchBucket, PreconditionFailed, and what <see cref="PayloadIntake"/>
    /// throws.</exception>
    public async Task HandleAsync(S3Request request)
    {
        var metadata = ObjectHeaders.Read(request);
        var condition = WriteCondition.Read(request);
        var declaration = PayloadDeclaration.Read(request);
        store.Post((state, _) => state.Bucket(request.Bucket));

        // S3 stores a checksum of every object: CRC-64/NVME unless the request names another.
        var algorithm = declaration.Algorithm ?? ChecksumAlgorithm.Crc64Nvme;
        using var payload = await intake.ReceiveAsync(request, declaration, algorithm);
        var content = new ObjectContent(
            [payload.Blob], payload.Digests.ETag, payload.Digests.Checksum(algorithm), metadata);
        var (version, isVersioned) = store.Ask((state, now) => (
            state.Put(request.Bucket, request.Key, content, EventName, condition, request.Requester, now),
            state.Bucket(request.Bucket).Versioning == Versioning.Enabled));

        journal.Record(new ObjectCreated(request.Bucket, request.Key, version.VersionId, EventName, content.Size));
        request.SetHeader("ETag", $"\"{content.ETag}\"");
        ObjectHeaders.Write(request, content.Checksum);
        if (isVersioned) request.SetHeader("x-amz-version-id", version.VersionId);
        await request.AnswerAsync(200);
    }
}
