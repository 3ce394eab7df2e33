using System.Globalization;
using System.Xml.Linq;
using Isobar.Local.History;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Makes an object of the named parts, and deletes the other parts.</summary>
/// <remarks>Source: Amazon S3 API Reference, CompleteMultipartUpload.</remarks>
internal sealed class CompleteMultipartUpload(S3Store store, Journal journal)
{
    private const string EventName = "ObjectCreated:CompleteMultipartUpload";

    private static readonly string[] PartElements =
        ["PartNumber", "ETag", .. ChecksumAlgorithms.All.Select(algorithm => algorithm.Element())];

    public static readonly string[] Headers =
    [
        "x-amz-checksum-type", "x-amz-mp-object-size", "x-amz-sdk-checksum-algorithm", .. ChecksumAlgorithms.Headers,
        .. WriteCondition.Headers,
    ];

    /// <exception cref="Wire.AwsException">NoSuchUpload, InvalidPart, InvalidPartOrder, EntityTooSmall, BadDigest,
    /// PreconditionFailed, ConditionalRequestConflict; the upload stays then.</exception>
    public async Task HandleAsync(S3Request request)
    {
        var uploadId = request.Query("uploadId")!;
        var condition = WriteCondition.Read(request);
        var claims = new ObjectClaims(request);
        // The checksum headers are about the object, not about this document.
        var document = await PayloadIntake.ReadDocumentAsync(request, ignoreChecksums: true);
        var parts = document.IsEmpty
            ? [] : S3Xml.Read(document, "CompleteMultipartUpload").Only("Part").Elements().Select(ReadPart).ToArray();
        if (parts.Length > S3Limits.MaxPartNumber) throw S3Errors.MalformedXml();
        var (version, isVersioned) = store.Ask((state, now) =>
        {
            var upload = state.Upload(request.Bucket, request.Key, uploadId);
            claims.CheckType(upload);
            var content = upload.Assemble(parts);
            claims.Check(content, upload);
            var put = state.Put(
                request.Bucket, request.Key, content, EventName,
                condition with { ObjectHasChanged = upload.ObjectHasChanged }, request.Requester, now);
            state.EndUpload(request.Bucket, upload);
            return (put, state.Bucket(request.Bucket).Versioning == Versioning.Enabled);
        });

        journal.Record(new ObjectCreated(
            request.Bucket, request.Key, version.VersionId, EventName, version.Content.Size));
        if (isVersioned) request.SetHeader("x-amz-version-id", version.VersionId);
        await AnswerAsync(request, version);
    }

    private static NamedPart ReadPart(XElement element)
    {
        element.Only(PartElements);
        if (!int.TryParse(element.Text("PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw S3Errors.MalformedXml();
        var claims = new Dictionary<ChecksumAlgorithm, string>();
        foreach (var algorithm in ChecksumAlgorithms.All)
            if (element.Text(algorithm.Element()) is { Length: > 0 } value) claims[algorithm] = value;
        return new NamedPart(number, (element.Text("ETag") ?? throw S3Errors.MalformedXml()).Trim('"'), claims);
    }

    private static Task AnswerAsync(S3Request request, ObjectVersion version) =>
        request.AnswerAsync("CompleteMultipartUploadResult", xml =>
        {
            var key = string.Join('/', request.Key.Split('/').Select(Uri.EscapeDataString));
            xml.WriteElementString("Location", $"{request.BucketUrl}/{key}");
            xml.WriteElementString("Bucket", request.Bucket);
            xml.WriteElementString("Key", request.Key);
            xml.WriteElementString("ETag", $"\"{version.Content.ETag}\"");
            if (version.Content.Checksum is not { } checksum) return;
            xml.WriteElementString(checksum.Algorithm.Element(), checksum.Value);
            xml.WriteElementString("ChecksumType", checksum.Type);
        });

    /// <summary>The size and checksums that the request expects of the new object.</summary>
    private sealed class ObjectClaims(S3Request request)
    {
        private readonly string? type = request.Header("x-amz-checksum-type");
        private readonly string? size = request.Header("x-amz-mp-object-size");
        private readonly (ChecksumAlgorithm Algorithm, string Value)[] checksums =
            [.. ChecksumAlgorithms.All.Where(each => request.Header(each.Header()) is not null)
                .Select(each => (each, request.Header(each.Header())!))];

        public void CheckType(MultipartUpload upload)
        {
            if (type is not null && upload.Algorithm is not null
                && type != (upload.IsComposite ? "COMPOSITE" : "FULL_OBJECT"))
                throw MultipartErrors.OtherChecksumType(upload.IsComposite);
        }

        public void Check(ObjectContent content, MultipartUpload upload)
        {
            if (size is not null && (!long.TryParse(size, out var claimed) || claimed != content.Size))
                throw long.TryParse(size, out claimed)
                    ? MultipartErrors.OtherObjectSize(claimed, content.Size)
                    : S3Errors.InvalidRequest("Value for x-amz-mp-object-size header is invalid.");
            foreach (var (algorithm, value) in checksums)
            {
                // A composite value may be given without the number of parts.
                var stored = content.Checksum!;
                if (algorithm != stored.Algorithm || (value != stored.Value
                        && !(upload.IsComposite && stored.Value.StartsWith(value + "-", StringComparison.Ordinal))))
                    throw MultipartErrors.BadObjectDigest(algorithm);
            }
        }
    }
}
