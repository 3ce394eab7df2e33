using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded;

/// <summary>Writes answers so that equal facts give equal texts.</summary>
internal static class AnswerText
{
    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Fields whose values no two runs share, and what a text says in their place. Everything else is compared
    /// as it is.</summary>
    public static IReadOnlyDictionary<string, string> Placeholders { get; } = new SortedDictionary<string, string>(
        StringComparer.Ordinal)
    {
        ["MessageId"] = "<id>", ["RequestId"] = "<id>", ["HostId"] = "<id>", ["SequenceNumber"] = "<number>",
        ["ReceiptHandle"] = "<handle>", ["NextToken"] = "<token>", ["SenderId"] = "<sender>",
        ["LastModified"] = "<time>", ["CreationDate"] = "<time>", ["Initiated"] = "<time>", ["Timestamp"] = "<time>",
        ["SentTimestamp"] = "<time>", ["ApproximateFirstReceiveTimestamp"] = "<time>", ["CreatedTimestamp"] = "<time>",
        ["LastModifiedTimestamp"] = "<time>", ["Signature"] = "<signature>", ["SigningCertURL"] = "<url>",
        ["UnsubscribeURL"] = "<url>", ["SigningCertUrl"] = "<url>", ["UnsubscribeUrl"] = "<url>",
        ["Location"] = "<url>",
        ["eventTime"] = "<time>", ["sourceIPAddress"] = "<address>", ["principalId"] = "<principal>",
        ["x-amz-id-2"] = "<id>", ["x-amz-request-id"] = "<id>", ["SubscriptionPrincipal"] = "<principal>",
    };

    /// <summary>Fields and headers whose values differ between runs but say which thing is meant: they get numbered
    /// names, so that the same thing must be the same in all answers of a case.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } = new SortedDictionary<string, string>(
        StringComparer.Ordinal)
    {
        ["VersionId"] = "version", ["DeleteMarkerVersionId"] = "version", ["VersionIdMarker"] = "version",
        ["NextVersionIdMarker"] = "version", ["x-amz-version-id"] = "version",
        ["x-amz-copy-source-version-id"] = "version", ["UploadId"] = "upload", ["UploadIdMarker"] = "upload",
        ["NextUploadIdMarker"] = "upload", ["ContinuationToken"] = "token", ["NextContinuationToken"] = "token",
        ["ID"] = "owner",
    };

    /// <summary>Headers of the exchange, and the one about encryption, which the host does not send.</summary>
    public static IReadOnlyCollection<string> LeftOut { get; } =
    [
        "connection", "date", "server", "transfer-encoding", "x-amz-id-2", "x-amz-request-id",
        "x-amz-server-side-encryption", "x-amzn-requestid",
    ];

    /// <param name="names">Null where no value needs a number.</param>
    public static string Of(JsonNode? node, AnswerNames? names = null) =>
        Plain(node, names)?.ToJsonString(Readable) ?? "";

    /// <summary>The document in a text, for example an envelope in a message's body.</summary>
    public static string OfText(string text) => Of(JsonNode.Parse(text));

    public static bool IsLeftOut(string header) => LeftOut.Contains(header);

    public static string OfHeader(string name, string value, AnswerNames names) =>
        name == "last-modified" ? "<time>"
        : Kinds.TryGetValue(name, out var kind) && value != "null" ? names.Of(kind, value)
        : value;

    /// <summary>An expected answer in the form of <see cref="Answer.Whole"/>. Its document may be broken into lines
    /// anywhere.</summary>
    /// <param name="text">The status; then the headers, each on a line of its own; then the document.</param>
    public static string OfExpected(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Trim('\n').Split('\n');
        var (status, rest) = lines[0].IndexOf(' ') is var space and > 0
            ? (lines[0][..space], lines[0][(space + 1)..]) : (lines[0], null);
        var headers = rest is null ? lines[1..].TakeWhile(line => line[0] is not ('{' or '[' or '"')).ToArray() : [];
        var document = string.Concat((rest is null ? [] : new[] { rest }).Concat(lines[(1 + headers.Length)..]));
        return Join(
            status, headers, document.Length == 0 ? "" : Sorted(JsonNode.Parse(document))!.ToJsonString(Readable));
    }

    /// <summary>The parts of an answer, one line each.</summary>
    public static string Join(string status, IEnumerable<string> headers, string document) =>
        string.Join('\n', headers.Order(StringComparer.Ordinal).Prepend(status).Append(document)
            .Where(line => line.Length > 0));

    private static JsonNode? Plain(JsonNode? node, AnswerNames? names) => node switch
    {
        JsonObject members => new JsonObject(members
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Member(member.Key, member.Value, names)))),
        JsonArray items => new JsonArray([.. items.Select(item => Plain(item, names))]),
        JsonValue value when names is not null && value.GetValueKind() == JsonValueKind.String =>
            names.Known((string)value!),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Member(string name, JsonNode? value, AnswerNames? names)
    {
        if (value is not JsonValue || value.ToString() is not { } text || text is "" or "null")
            return Plain(value, names);
        if (Kinds.TryGetValue(name, out var kind)) return names?.Of(kind, text) ?? $"<{kind}>";
        return Placeholders.TryGetValue(name, out var placeholder) ? placeholder : Plain(value, names);
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
