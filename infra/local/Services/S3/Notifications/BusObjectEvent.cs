using System.Text.Encodings.Web;
using System.Text.Json;
using Isobar.Local.Services.S3.Objects;

namespace Isobar.Local.Services.S3.Notifications;

/// <summary>A change of a bucket as event buses receive it.</summary>
/// <remarks>Source: Amazon S3 User Guide, "EventBridge event message structure"; compared with recorded events of real
/// S3.</remarks>
internal static class BusObjectEvent
{
    // As on AWS, only what JSON must escape is escaped.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The default bus of a Region.</summary>
    public static Arn BusOf(string region, string accountId) =>
        new("aws", "events", region, accountId, "event-bus/default");

    /// <param name="eventName">For example <c>ObjectCreated:Put</c>.</param>
    public static TargetEvent Of(
        string eventName, string bucket, ObjectVersion version, Requester requester, string accountId) =>
        new(Detail(eventName, bucket, version, requester, accountId),
            new DeliverySource("s3.amazonaws.com", $"arn:aws:s3:::{bucket}", accountId))
        {
            Source = "aws.s3",
            DetailType = IsCreated(eventName) ? "Object Created" : "Object Deleted",
            Resources = [$"arn:aws:s3:::{bucket}"],
        };

    private static bool IsCreated(string eventName) => eventName.StartsWith("ObjectCreated:", StringComparison.Ordinal);

    private static ReadOnlyMemory<byte> Detail(
        string eventName, string bucket, ObjectVersion version, Requester requester, string accountId)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("version", "0");
            json.WriteStartObject("bucket");
            json.WriteString("name", bucket);
            json.WriteEndObject();
            WriteObject(json, eventName, version);
            json.WriteString("request-id", requester.RequestId);
            json.WriteString("requester", accountId);
            json.WriteString("source-ip-address", requester.Address);
            json.WriteString("reason", Reason(eventName));
            if (!IsCreated(eventName))
                json.WriteString("deletion-type",
                    version.IsDeleteMarker && eventName != "ObjectRemoved:Delete"
                        ? "Delete Marker Created"
                        : "Permanently Deleted");
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    // Other than in the events of functions, the key is not encoded.
    private static void WriteObject(Utf8JsonWriter json, string eventName, ObjectVersion version)
    {
        json.WriteStartObject("object");
        json.WriteString("key", version.Key);
        if (IsCreated(eventName)) json.WriteNumber("size", version.Content.Size);
        if (eventName != "ObjectRemoved:Delete") json.WriteString("etag", version.Content.ETag);
        if (version.VersionId != ObjectVersion.NullId) json.WriteString("version-id", version.VersionId);
        json.WriteString("sequencer", version.Sequencer);
        json.WriteEndObject();
    }

    private static string Reason(string eventName) => eventName switch
    {
        "ObjectCreated:Post" => "POST Object",
        "ObjectCreated:Copy" => "CopyObject",
        "ObjectCreated:CompleteMultipartUpload" => "CompleteMultipartUpload",
        _ => IsCreated(eventName) ? "PutObject" : "DeleteObject",
    };
}
