using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded;

/// <summary>Writes answers so that equal facts give equal texts.</summary>
internal static class AnswerText
{
    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string> Placeholders = new(StringComparer.Ordinal)
    {
        ["MessageId"] = "<id>", ["RequestId"] = "<id>", ["HostId"] = "<id>", ["SequenceNumber"] = "<number>",
        ["ReceiptHandle"] = "<handle>", ["NextToken"] = "<token>", ["SenderId"] = "<sender>",
        ["VersionId"] = "<version>", ["UploadId"] = "<upload>", ["LastModified"] = "<time>",
        ["CreationDate"] = "<time>", ["Initiated"] = "<time>", ["Timestamp"] = "<time>", ["SentTimestamp"] = "<time>",
        ["ApproximateFirstReceiveTimestamp"] = "<time>", ["CreatedTimestamp"] = "<time>",
        ["LastModifiedTimestamp"] = "<time>", ["Signature"] = "<signature>", ["SigningCertURL"] = "<url>",
        ["UnsubscribeURL"] = "<url>", ["SigningCertUrl"] = "<url>", ["UnsubscribeUrl"] = "<url>",
        ["eventTime"] = "<time>", ["sourceIPAddress"] = "<address>", ["principalId"] = "<principal>",
        ["x-amz-id-2"] = "<id>", ["x-amz-request-id"] = "<id>", ["NextContinuationToken"] = "<token>",
        ["SubscriptionPrincipal"] = "<principal>",
    };

    public static string Of(JsonNode? node) => Plain(node)?.ToJsonString(Readable) ?? "";

    /// <summary>The document in a text, for example an envelope in a message's body.</summary>
    public static string OfText(string text) => Of(JsonNode.Parse(text));

    /// <summary>What a header says about the exchange, or about encryption, which the host leaves away.</summary>
    public static bool IsOfTransport(string name) => name is "date" or "server" or "connection" or "transfer-encoding"
        or "x-amz-request-id" or "x-amz-id-2" or "x-amz-server-side-encryption";

    public static string OfHeader(string name, string value) => name switch
    {
        "last-modified" => "<time>",
        "x-amz-version-id" when value != "null" => "<version>",
        "x-amz-copy-source-version-id" when value != "null" => "<version>",
        _ => value,
    };

    private static JsonNode? Plain(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Member(member.Key, member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Plain)]),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Member(string name, JsonNode? value) =>
        value is JsonValue && (string)name is var key && Placeholders.TryGetValue(key, out var placeholder)
        && value.ToString() is not ("" or "null")
            ? placeholder
            : Plain(value);
}
