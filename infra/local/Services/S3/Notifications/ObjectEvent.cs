using System.Text.Json;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Notifications;

/// <summary>Who made a request, as events tell it.</summary>
internal sealed record Requester(string RequestId, string AccessKey, string Address);

/// <summary>A change of a bucket that a rule asked to hear of.</summary>
/// <param name="EventName">For example <c>ObjectCreated:Put</c>.</param>
internal sealed record ObjectEvent(
    string EventName, DateTimeOffset Time, string Region, string Bucket, NotificationRule Rule, ObjectVersion Version,
    Requester Requester)
{
    /// <summary>The event as a Lambda function gets it.</summary>
    /// <remarks>Source: Amazon S3 User Guide, "Event message structure"; compared with recorded answers of real
    /// S3.</remarks>
    public ReadOnlyMemory<byte> ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            WriteRecord(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private void WriteRecord(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("eventVersion", "2.1");
        json.WriteString("eventSource", "aws:s3");
        json.WriteString("awsRegion", Region);
        json.WriteString("eventTime", S3Xml.Instant(Time));
        json.WriteString("eventName", EventName);
        json.WriteStartObject("userIdentity");
        json.WriteString("principalId", $"AWS:{Requester.AccessKey}");
        json.WriteEndObject();
        json.WriteStartObject("requestParameters");
        json.WriteString("sourceIPAddress", Requester.Address);
        json.WriteEndObject();
        json.WriteStartObject("responseElements");
        json.WriteString("x-amz-request-id", Requester.RequestId);
        json.WriteString("x-amz-id-2", S3Xml.HostId(Requester.RequestId));
        json.WriteEndObject();
        json.WriteStartObject("s3");
        json.WriteString("s3SchemaVersion", "1.0");
        json.WriteString("configurationId", Rule.Id);
        json.WriteStartObject("bucket");
        json.WriteString("name", Bucket);
        json.WriteStartObject("ownerIdentity");
        json.WriteString("principalId", S3Xml.OwnerPrincipal);
        json.WriteEndObject();
        json.WriteString("arn", $"arn:aws:s3:::{Bucket}");
        json.WriteEndObject();
        WriteObject(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteObject(Utf8JsonWriter json)
    {
        json.WriteStartObject("object");
        json.WriteString("key", UrlText.Encode(Version.Key));
        if (EventName.StartsWith("ObjectCreated:", StringComparison.Ordinal))
            json.WriteNumber("size", Version.Content.Size);
        // A permanent delete tells no ETag; a new delete marker tells that of no bytes.
        if (EventName != "ObjectRemoved:Delete") json.WriteString("eTag", Version.Content.ETag);
        if (Version.VersionId != ObjectVersion.NullId) json.WriteString("versionId", Version.VersionId);
        json.WriteString("sequencer", Version.Sequencer);
        json.WriteEndObject();
    }
}
