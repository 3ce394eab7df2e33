using Isobar.Local.History;
using Isobar.Local.Services.S3.Forms;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Writes an object that a form uploads, within what its signed policy allows.</summary>
/// <param name="realTime">Ends policies.</param>
/// <remarks>Source: Amazon S3 API Reference, "POST Object" and "Browser-based uploads using POST".</remarks>
internal sealed class PostObject(S3Store store, BlobFiles files, Journal journal, TimeProvider realTime)
{
    private const string EventName = "ObjectCreated:Post";
    private const ChecksumAlgorithm Algorithm = ChecksumAlgorithm.Crc64Nvme;

    private static readonly string[] Signature =
        ["x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature"];

    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "key", "policy", "acl", "success_action_status", "x-amz-security-token", "x-amz-storage-class", "bucket",
    };

    /// <exception cref="Wire.AwsException">AccessDenied without a policy or against it, NotImplemented for other
    /// fields, NoSuchBucket, KeyTooLongError, and what <see cref="PostForm"/>, <see cref="PostPolicy"/> and
    /// <see cref="UploadedFile"/> throw.</exception>
    public async Task HandleAsync(S3Request request)
    {
        var form = await PostForm.ReadAsync(request.Http.Request);
        var key = form.Find("key") ?? throw PostErrors.FieldMissing("key");
        RefuseOthers(form, key);
        var policy = PostPolicy.Read(form.Find("policy") ?? throw S3Errors.AccessDenied());
        var accessKey = ReadAccessKey(form);
        policy.Check(form, request.Bucket, realTime.GetUtcNow());
        (request.Scope with { AccessKey = accessKey }).Authorize(
            "PutObject", request, (_, scope) => [scope.On("PutObject", $"arn:aws:s3:::{request.Bucket}/{key}")]);
        S3Protocol.CheckKey(key);
        var metadata = ObjectHeaders.Read(form.Fields);
        store.Post((state, _) => state.Bucket(request.Bucket));

        using var file = new UploadedFile(store);
        var digests = await file.ReceiveAsync(form, policy, files, Algorithm, request.Http.RequestAborted);
        var content = new ObjectContent([.. file.Pieces], digests.ETag, digests.Checksum(Algorithm), metadata);
        var requester = request.Requester with { AccessKey = accessKey };
        var (version, isVersioned) = store.Ask((state, now) => (
            state.Put(request.Bucket, key, content, EventName, default, requester, now),
            state.Bucket(request.Bucket).Versioning == Versioning.Enabled));
        journal.Record(new ObjectCreated(request.Bucket, key, version.VersionId, EventName, content.Size));
        await AnswerAsync(request, form, key, content, isVersioned ? version.VersionId : null);
    }

    private static void RefuseOthers(PostForm form, string key)
    {
        if (key.Contains("${filename}", StringComparison.Ordinal)) throw S3Errors.NotImplemented("key", key);
        if (form.Find("acl") is { } acl and not ("private" or "bucket-owner-full-control"))
            throw S3Errors.NotImplemented("acl", acl);
        if (form.Find("x-amz-storage-class") is { } storage and not "STANDARD")
            throw S3Errors.NotImplemented("x-amz-storage-class", storage);
        foreach (var (name, value) in form.Fields)
            if (!Known.Contains(name) && !Signature.Contains(name, StringComparer.OrdinalIgnoreCase)
                && !ObjectHeaders.IsKept(name) && !name.StartsWith("x-ignore-", StringComparison.OrdinalIgnoreCase))
                throw S3Errors.NotImplemented(name, value);
    }

    // The host verifies no signatures.
    private static string ReadAccessKey(PostForm form)
    {
        foreach (var name in Signature)
            if (form.Find(name) is null) throw PostErrors.FieldMissing(name);
        if (form.Find("x-amz-algorithm") is var algorithm and not "AWS4-HMAC-SHA256")
            throw S3Errors.InvalidArgument("Only AWS4-HMAC-SHA256 is supported", "X-Amz-Algorithm", algorithm);
        var credential = form.Find("x-amz-credential")!;
        return credential.Split('/') is [{ Length: > 0 } accessKey, _, _, "s3", "aws4_request"]
            ? accessKey
            : throw S3Errors.InvalidArgument(
                "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".",
                "X-Amz-Credential", credential);
    }

    private static Task AnswerAsync(
        S3Request request, PostForm form, string key, ObjectContent content, string? versionId)
    {
        var location = $"{request.BucketUrl}/{Uri.EscapeDataString(key)}";
        request.SetHeader("ETag", $"\"{content.ETag}\"");
        request.SetHeader("Location", location);
        request.SetHeader("x-amz-version-id", versionId);
        switch (form.Find("success_action_status"))
        {
            case "200":
                return request.AnswerAsync(StatusCodes.Status200OK);
            case "201":
                return S3Xml.WriteAsync(request.Http, StatusCodes.Status201Created, "PostResponse", "", xml =>
                {
                    xml.WriteElementString("Location", location);
                    xml.WriteElementString("Bucket", request.Bucket);
                    xml.WriteElementString("Key", key);
                    xml.WriteElementString("ETag", $"\"{content.ETag}\"");
                });
            default:
                // S3 ignores other values.
                return request.AnswerAsync(StatusCodes.Status204NoContent);
        }
    }
}
