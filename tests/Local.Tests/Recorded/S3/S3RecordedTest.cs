using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded.S3;

/// <summary>One bucket, and the ways to fill it.</summary>
public abstract class S3RecordedTest : RecordedTest
{
    private protected const string NoSuchKey =
        """404 {"Code":"NoSuchKey","Key":"my-key","Message":"The specified key does not exist."}""";

    private protected const string NoSuchBucket =
        """404 {"BucketName":"missing-bucket","Code":"NoSuchBucket","Message":"The specified bucket does not exist"}""";

    private protected const string NotBuilt =
        "501 NotImplemented: A header or query you provided implies functionality that is not implemented.";

    /// <summary>What the SDKs send with every body: the digest of the word "test".</summary>
    private protected static readonly (string, string) TestCrc32 = ("x-amz-checksum-crc32", "2H9+DA==");

    private protected async Task BucketAsync(string name = "bucket") => (await S3Async("PUT", $"/{name}")).Ok();

    private protected async Task VersionsAsync(string status = "Enabled") => (await S3Async("PUT",
        "/bucket?versioning", $"<VersioningConfiguration><Status>{status}</Status></VersioningConfiguration>")).Ok();

    /// <summary>Puts an object and returns its version's id, if it has one.</summary>
    private protected async Task<string?> PutAsync(
        string key, string body = "test", params (string Name, string Value)[] headers) =>
        (await S3Async("PUT", $"/bucket/{key}", body, headers)).Ok().Header("x-amz-version-id");

    private protected Task<Answer> CopyAsync(
        string source, string key, params (string Name, string Value)[] headers) =>
        S3Async("PUT", $"/bucket/{key}", "", [("x-amz-copy-source", source), .. headers]);

    /// <summary>Begins an upload in parts and returns its id.</summary>
    private protected async Task<string> UploadAsync(string key, params (string Name, string Value)[] headers) =>
        (string)(await S3Async("POST", $"/bucket/{key}?uploads", "", headers)).Ok().Body!["UploadId"]!;

    private protected Task<Answer> PartAsync(
        string key, string upload, int number, string body, params (string Name, string Value)[] headers) =>
        S3Async("PUT", $"/bucket/{key}?partNumber={number}&uploadId={upload}", body, headers);

    private protected Task<Answer> CompleteAsync(
        string key, string upload, params (int Number, string ETag)[] parts) =>
        S3Async("POST", $"/bucket/{key}?uploadId={upload}", $"<CompleteMultipartUpload>{string.Concat(parts.Select(
            part => $"<Part><ETag>{part.ETag}</ETag><PartNumber>{part.Number}</PartNumber></Part>"))}"
            + "</CompleteMultipartUpload>");

    private protected Task<Answer> DeleteAsync(string document, string bucket = "bucket")
    {
        var body = Encoding.UTF8.GetBytes($"<Delete>{document}</Delete>");
        return S3Async("POST", $"/{bucket}?delete", body,
            ("Content-MD5", Convert.ToBase64String(MD5.HashData(body))));
    }

    private protected static string ETag(string body) =>
        $"\"{Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)))}\"";

    /// <summary>A listing with its keys alone: what else stands in it, then the keys and prefixes.</summary>
    private protected static string Listed(Answer answer)
    {
        var members = answer.Ok().Body!.AsObject();
        string[] lists = ["Contents", "CommonPrefixes", "Versions", "Version", "DeleteMarker"];
        var rest = new JsonObject(members.Where(member => !lists.Contains(member.Key))
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        var keys = Items(members["Contents"]).Select(item => (string)item["Key"]!);
        var prefixes = Items(members["CommonPrefixes"]).Select(item => (string)item["Prefix"]!);
        return $"{AnswerText.Of(rest)} [{string.Join(',', keys)}] [{string.Join(',', prefixes)}]";
    }

    /// <summary>What is repeated in an XML document, once or more or never.</summary>
    private protected static IEnumerable<JsonNode> Items(JsonNode? node) => node switch
    {
        null => [],
        JsonArray array => array.Select(item => item!),
        _ => [node],
    };
}
