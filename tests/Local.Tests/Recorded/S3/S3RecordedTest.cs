using System.Security.Cryptography;
using System.Text;

namespace Isobar.Local.Tests.Recorded.S3;

/// <summary>One bucket and the ways to fill it, each compared with all that AWS answers.</summary>
public abstract class S3RecordedTest : RecordedTest
{
    private protected const string NoSuchKey =
        """404 {"Code":"NoSuchKey","Key":"my-key","Message":"The specified key does not exist."}""";

    private protected const string NoSuchBucket =
        """404 {"BucketName":"missing-bucket","Code":"NoSuchBucket","Message":"The specified bucket does not exist"}""";

    /// <summary>Asks for the checksum of an object.</summary>
    private protected static readonly (string, string) Checksums = ("x-amz-checksum-mode", "ENABLED");

    private bool keepsVersions;

    private protected async Task BucketAsync(string name = "bucket") =>
        Is($"200\ncontent-length: 0\nlocation: /{name}\nx-amz-bucket-arn: arn:aws:s3:::{name}",
            await S3Async("PUT", $"/{name}"));

    private protected async Task VersionsAsync(string status = "Enabled")
    {
        Is("200\ncontent-length: 0", await S3Async("PUT", "/bucket?versioning",
            $"<VersioningConfiguration><Status>{status}</Status></VersioningConfiguration>"));
        keepsVersions = status == "Enabled";
    }

    /// <summary>Puts an object with the checksum that SDKs send, and returns its version's id, if it has one.</summary>
    private protected async Task<string?> PutAsync(
        string path, string body = "test", params (string Name, string Value)[] headers)
    {
        var answer = await S3Async("PUT", $"/bucket/{path}", body, [Crc32Header(body), .. headers]);
        var version = answer.Header("x-amz-version-id");
        Is(Put(body, version), answer);
        return version;
    }

    /// <summary>What AWS answers when an object is put.</summary>
    private protected string Put(string body, string? version) => $"""
        200
        content-length: 0
        etag: {ETag(body)}
        x-amz-checksum-crc32: {Crc32(body)}
        x-amz-checksum-type: FULL_OBJECT{VersionLine(version)}
        """;

    /// <summary>The headers of an object that is read.</summary>
    /// <param name="more">Further lines.</param>
    private protected string Got(
        string body, string? version = null, bool checksum = false, string type = "binary/octet-stream",
        string more = "") => $"""
        200
        accept-ranges: bytes
        content-length: {Encoding.UTF8.GetByteCount(body)}
        content-type: {type}
        etag: {ETag(body)}
        last-modified: <time>{Crc32Lines(body, checksum)}{VersionLine(version)}{(more.Length > 0 ? "\n" + more : "")}
        """;

    /// <summary>The same with the bytes of a small object.</summary>
    private protected string GotWhole(string body, string? version = null, bool checksum = false) =>
        $"{Got(body, version, checksum)}\n\"{body}\"";

    private protected Task<Answer> CopyAsync(
        string source, string key, params (string Name, string Value)[] headers) =>
        S3Async("PUT", $"/bucket/{key}", "", [("x-amz-copy-source", source), .. headers]);

    /// <summary>Begins an upload in parts and returns its id.</summary>
    private protected async Task<string> UploadAsync(string key, params (string Name, string Value)[] headers)
    {
        var answer = await S3Async("POST", $"/bucket/{key}?uploads", "", headers);
        var id = (string)answer.Ok().Body!["UploadId"]!;
        var lines = string.Concat(headers.Select(header => $"\n{header.Name}: {header.Value}"));
        // The type that follows from the algorithm is told as well.
        if (headers is [("x-amz-checksum-algorithm", var algorithm)])
            lines += $"\nx-amz-checksum-type: {(algorithm == "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE")}";
        Is($$"""
            200{{lines}}
            {"Bucket":"bucket","Key":"{{key}}","UploadId":"{{NameOf("upload", id)}}"}
            """, answer);
        return id;
    }

    private protected Task<Answer> PartAsync(
        string key, string upload, int number, string body, params (string Name, string Value)[] headers) =>
        S3Async("PUT", $"/bucket/{key}?partNumber={number}&uploadId={upload}", body, headers);

    /// <summary>Uploads a part with the checksum that SDKs send.</summary>
    private protected async Task PutPartAsync(string key, string upload, int number, string body) =>
        Is($"200\ncontent-length: 0\netag: {ETag(body)}\nx-amz-checksum-crc32: {Crc32(body)}",
            await PartAsync(key, upload, number, body, Crc32Header(body)));

    private protected Task<Answer> CompleteAsync(
        string key, string upload, params (int Number, string ETag)[] parts) => CompleteAsync(key, upload, parts, []);

    private protected Task<Answer> CompleteAsync(
        string key, string upload, (int Number, string ETag)[] parts, (string Name, string Value)[] headers) =>
        S3Async("POST", $"/bucket/{key}?uploadId={upload}", $"<CompleteMultipartUpload>{string.Concat(parts.Select(
            part => $"<Part><ETag>{part.ETag}</ETag><PartNumber>{part.Number}</PartNumber></Part>"))}"
            + "</CompleteMultipartUpload>", headers);

    /// <summary>What AWS answers when an upload is completed.</summary>
    /// <param name="crc64">Of the object.</param>
    private protected static string Completed(string key, string eTag, string crc64) => $$"""
        200 {"Bucket":"bucket","ChecksumCRC64NVME":"{{crc64}}","ChecksumType":"FULL_OBJECT",
        "ETag":"\"{{eTag}}\"","Key":"{{key}}","Location":"<url>"}
        """;

    private protected Task<Answer> DeleteAsync(string document, string bucket = "bucket")
    {
        var body = Encoding.UTF8.GetBytes($"<Delete>{document}</Delete>");
        return S3Async("POST", $"/{bucket}?delete", body,
            ("Content-MD5", Convert.ToBase64String(MD5.HashData(body))));
    }

    private protected static string ETag(string body) =>
        $"\"{Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)))}\"";

    private protected static (string, string) Crc32Header(string body) => ("x-amz-checksum-crc32", Crc32(body));

    /// <summary>The checksum that SDKs send with every body, computed the plain way.</summary>
    private protected static string Crc32(string body)
    {
        var crc = ~0u;
        foreach (var b in Encoding.UTF8.GetBytes(body))
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        crc = ~crc;
        return Convert.ToBase64String([(byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc]);
    }

    /// <summary>A page of a listing.</summary>
    /// <param name="members">Everything but the lists, as JSON members.</param>
    /// <param name="lists">The lists, each with its name; an empty one does not appear.</param>
    private protected static string Page(string members, params (string Name, IReadOnlyList<string> Items)[] lists) =>
        $"200 {{{members}{string.Concat(lists.Select(list => Repeated(list.Name, list.Items)))}}}";

    /// <summary>Objects in a listing, all with the same bytes.</summary>
    private protected static (string, IReadOnlyList<string>) Contents(string body, params string[] keys) =>
        ("Contents", [.. keys.Select(key => $$"""{"Key":"{{key}}",{{Content(body)}}}""")]);

    /// <summary>The same in a listing of the older operation, which tells the owner.</summary>
    private protected static (string, IReadOnlyList<string>) OwnedContents(string body, params string[] keys) =>
        ("Contents", [.. keys.Select(key => $$"""{"Key":"{{key}}",{{Content(body)}},{{Owner}}}""")]);

    private protected static (string, IReadOnlyList<string>) Folded(params string[] prefixes) =>
        ("CommonPrefixes", [.. prefixes.Select(prefix => $$"""{"Prefix":"{{prefix}}"}""")]);

    private protected (string, IReadOnlyList<string>) Versions(
        params (string Key, string? Id, bool IsLatest, string Body)[] versions) =>
        ("Version", [.. versions.Select(version =>
            $$"""{{{Line(version.Key, version.Id, version.IsLatest)}},{{Content(version.Body)}},{{Owner}}}""")]);

    private protected (string, IReadOnlyList<string>) Markers(
        params (string Key, string? Id, bool IsLatest)[] markers) =>
        ("DeleteMarker", [.. markers.Select(marker =>
            $$"""{{{Line(marker.Key, marker.Id, marker.IsLatest)}},"LastModified":"<time>",{{Owner}}}""")]);

    /// <summary>Uploads in a listing.</summary>
    private protected (string, IReadOnlyList<string>) Uploads(params (string Key, string Id)[] uploads) =>
        ("Upload", [.. uploads.Select(upload => $$"""
            {"Initiated":"<time>","Initiator":{"DisplayName":"isobar","ID":"<owner:1>"},"Key":"{{upload.Key}}",
            {{Owner}},"StorageClass":"STANDARD","UploadId":"{{NameOf("upload", upload.Id)}}"}
            """)]);

    /// <summary>The name of a version's id; <c>null</c>, spelled out, for the null version.</summary>
    private protected string NameOf(string? version) => version is null or "null" ? "null" : NameOf("version", version);

    private const string Owner = "\"Owner\":{\"ID\":\"<owner:1>\"}";

    // What an XML document repeats is a list only where there is more than one.
    private static string Repeated(string name, IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => $",\"{name}\":{items[0]}",
        _ => $",\"{name}\":[{string.Join(',', items)}]",
    };

    private static string Content(string body) => $$"""
        "ChecksumAlgorithm":"CRC32","ChecksumType":"FULL_OBJECT","ETag":"\{{ETag(body)[..^1]}}\"",
        "LastModified":"<time>","Size":"{{Encoding.UTF8.GetByteCount(body)}}","StorageClass":"STANDARD"
        """;

    private static string Crc32Lines(string body, bool checksum) => checksum
        ? $"\nx-amz-checksum-crc32: {Crc32(body)}\nx-amz-checksum-type: FULL_OBJECT"
        : "";

    private string Line(string key, string? id, bool isLatest) =>
        $"\"IsLatest\":\"{(isLatest ? "true" : "false")}\",\"Key\":\"{key}\",\"VersionId\":\"{NameOf(id)}\"";

    // Of an object that is put, the version is told while versions are kept.
    private string VersionLine(string? version) =>
        version is null && !keepsVersions ? "" : $"\nx-amz-version-id: {NameOf(version)}";
}
