using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Stores one part of an upload, in place of an earlier one of its number.</summary>
/// <remarks>Source: Amazon S3 API Reference, UploadPart.</remarks>
internal sealed class UploadPart(S3Store store, PayloadIntake intake)
{
    /// <exception cref="Wire.AwsException">NoSuchBucket, NoSuchUpload, InvalidArgument, and what
    /// <see cref="PayloadIntake"/> throws.</exception>
    public async Task HandleAsync(S3Request request)
    {
        var text = request.Query("partNumber")!;
        if (!int.TryParse(text, out var number) || number is < 1 or > S3Limits.MaxPartNumber)
            throw MultipartErrors.InvalidPartNumber(text);
        var uploadId = request.Query("uploadId")!;
        var declaration = PayloadDeclaration.Read(request);
        var algorithm = store.Ask((state, _) => state.Upload(request.Bucket, request.Key, uploadId).Algorithm);
        if (declaration.Algorithm is { } declared && algorithm is { } expected && declared != expected)
            throw MultipartErrors.PartChecksumDiffers(declared, expected);

        using var payload = await intake.ReceiveAsync(
            request, declaration, ChecksumAlgorithm.Crc64Nvme, algorithm ?? ChecksumAlgorithm.Crc64Nvme);
        var digests = payload.Digests;
        var shown = declaration.Algorithm ?? algorithm;
        store.Post((state, now) => state.PutPart(
            state.Upload(request.Bucket, request.Key, uploadId),
            new UploadedPart(number, payload.Blob, digests.ETag, now, digests.Checksums, shown)));

        request.SetHeader("ETag", $"\"{digests.ETag}\"");
        if (shown is { } named) request.SetHeader(named.Header(), digests.Checksum(named).Value);
        await request.AnswerAsync(200);
    }
}
