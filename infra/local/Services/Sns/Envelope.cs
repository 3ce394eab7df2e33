using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Isobar.Local.Services.Sns;

/// <summary>Writes notifications as subscribers receive them.</summary>
/// <remarks>
/// Sources: Amazon SNS Developer Guide, "Amazon SNS message formats"; AWS Lambda Developer Guide, "Invoking Lambda
/// functions with Amazon SNS notifications".
/// </remarks>
/// <param name="address">Where the host listens: what links in a notification begin with.</param>
internal sealed class Envelope(Uri address)
{
    /// <summary>The signature in AWS's sample events: the host signs nothing.</summary>
    public const string Signature = "EXAMPLE";

    // As AWS does: only what JSON must escape is escaped.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body of a queue's message.</summary>
    public byte[] ForQueue(Notification notification, Subscription subscription, string protocol = Subscription.Sqs) =>
        Write(json =>
        {
            json.WriteStartObject();
            WriteStart(json, notification);
            if (notification.Draft.Subject is { } subject) json.WriteString("Subject", subject);
            json.WriteString("Message", notification.MessageFor(protocol));
            WriteEnd(json, notification, subscription, "URL");
            if (notification.Draft.Attributes.Count > 0) WriteAttributes(json, notification);
            json.WriteEndObject();
        });

    /// <summary>The event of a function: always one record.</summary>
    public byte[] ForFunction(Notification notification, Subscription subscription) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("Records");
        json.WriteStartObject();
        json.WriteString("EventSource", "aws:sns");
        json.WriteString("EventVersion", "1.0");
        json.WriteString("EventSubscriptionArn", subscription.Arn);
        json.WriteStartObject("Sns");
        WriteStart(json, notification);
        json.WriteString("Subject", notification.Draft.Subject);
        json.WriteString("Message", notification.MessageFor(Subscription.Lambda));
        WriteEnd(json, notification, subscription, "Url");
        WriteAttributes(json, notification);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain)) content(json);
        return buffer.ToArray();
    }

    private static void WriteStart(Utf8JsonWriter json, Notification notification)
    {
        json.WriteString("Type", "Notification");
        json.WriteString("MessageId", notification.MessageId);
        json.WriteString("TopicArn", notification.TopicArn);
    }

    // A queue's keys end in URL, a function's in Url.
    private void WriteEnd(Utf8JsonWriter json, Notification notification, Subscription subscription, string url)
    {
        var origin = address.GetLeftPart(UriPartial.Authority);
        json.WriteString("Timestamp",
            notification.Published.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("SignatureVersion", "1");
        json.WriteString("Signature", Signature);
        json.WriteString($"SigningCert{url}", $"{origin}/SimpleNotificationService-{new string('0', 32)}.pem");
        json.WriteString($"Unsubscribe{url}", $"{origin}/?Action=Unsubscribe&SubscriptionArn={subscription.Arn}");
    }

    private static void WriteAttributes(Utf8JsonWriter json, Notification notification)
    {
        json.WriteStartObject("MessageAttributes");
        foreach (var (name, attribute) in notification.Draft.Attributes)
        {
            json.WriteStartObject(name);
            json.WriteString("Type", attribute.DataType);
            json.WriteString("Value", attribute.DataType.StartsWith("Binary", StringComparison.Ordinal)
                ? Convert.ToBase64String(attribute.Value.Span)
                : Encoding.UTF8.GetString(attribute.Value.Span));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
