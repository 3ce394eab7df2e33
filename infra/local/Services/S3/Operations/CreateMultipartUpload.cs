using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Begins an upload in parts.</summary>
/// <remarks>Source: Amazon S3 API Reference, CreateMultipartUpload.</remarks>
internal sealed class CreateMultipartUpload(S3Store store)
{
    public static readonly string[] Headers =
        ["x-amz-checksum-algorithm", "x-amz-checksum-type", .. ObjectHeaders.PutHeaders];

    /// <exception cref="Wire.AwsException">NoSuchBucket, InvalidRequest, SlowDown with too many uploads under
    /// way.</exception>
    public Task HandleAsync(S3Request request)
    {
        var metadata = ObjectHeaders.Read(request);
        var (algorithm, isComposite) = ReadChecksum(request);
        var upload = store.Ask((state, now) => state.BeginUpload(request.Bucket, request.Key, now,
            id => new MultipartUpload(id, request.Key, metadata, algorithm, isComposite, now)));
        if (algorithm is { } chosen)
        {
            request.SetHeader("x-amz-checksum-algorithm", chosen.ApiName());
            request.SetHeader("x-amz-checksum-type", isComposite ? "COMPOSITE" : "FULL_OBJECT");
        }

        return request.AnswerAsync("InitiateMultipartUploadResult", xml =>
        {
            xml.WriteElementString("Bucket", request.Bucket);
            xml.WriteElementString("Key", request.Key);
            xml.WriteElementString("UploadId", upload.Id);
        });
    }

    // Only a CRC can be joined over parts; only CRC-64/NVME is never a composite.
    private static (ChecksumAlgorithm?, bool IsComposite) ReadChecksum(S3Request request)
    {
        var type = request.Header("x-amz-checksum-type");
        if (type is not (null or "COMPOSITE" or "FULL_OBJECT"))
            throw S3Errors.InvalidRequest("Value for x-amz-checksum-type header is invalid.");
        if (request.Header("x-amz-checksum-algorithm") is not { } name)
            return type is null ? (null, false) : throw MultipartErrors.ChecksumTypeAlone();
        var algorithm = ChecksumAlgorithms.TryParse(name) ?? throw PayloadErrors.UnknownChecksumAlgorithm();
        var isComposite = type is null ? algorithm != ChecksumAlgorithm.Crc64Nvme : type == "COMPOSITE";
        if (isComposite ? algorithm == ChecksumAlgorithm.Crc64Nvme : !algorithm.IsCrc())
            throw MultipartErrors.ChecksumTypeUnfit(type!, algorithm);
        return (algorithm, isComposite);
    }
}
