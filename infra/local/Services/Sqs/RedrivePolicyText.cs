using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Isobar.Local.Services.Sqs;

/// <summary>The JSON text of the RedrivePolicy attribute.</summary>
/// <remarks>Source: Amazon SQS API Reference, SetQueueAttributes, RedrivePolicy.</remarks>
internal static class RedrivePolicyText
{
    /// <returns>Null for an empty text, which removes the policy.</returns>
    /// <exception cref="Wire.AwsException">InvalidParameterValue; that the target
    /// exists is not checked here.</exception>
    public static RedrivePolicy? Read(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, text)
                : throw Invalid(text, "Redrive policy is not a valid JSON map.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half of a surrogate pair, written as an escape.
            throw Invalid(text, "Redrive policy is not a valid JSON map.");
        }
    }

    public static string Write(RedrivePolicy policy)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("deadLetterTargetArn", policy.DeadLetterTarget.ToString());
            json.WriteNumber("maxReceiveCount", policy.MaxReceiveCount);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static Wire.AwsException Invalid(string text, string reason) =>
        SqsErrors.InvalidParameter("RedrivePolicy", text, reason);

    private static RedrivePolicy Read(JsonElement policy, string text)
    {
        if (policy.EnumerateObject().Any(member => member.Name is not ("deadLetterTargetArn" or "maxReceiveCount")))
            throw Invalid(text, "Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount].");
        if (!policy.TryGetProperty("maxReceiveCount", out var count))
            throw Invalid(text, "Redrive policy does not contain mandatory attribute: maxReceiveCount.");
        if (!policy.TryGetProperty("deadLetterTargetArn", out var target))
            throw Invalid(text, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
        // AWS takes the count as a number and as text.
        if (!int.TryParse(count.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var maximum)
            || maximum is < 1 or > SqsLimits.MaxRedriveReceiveCount)
            throw Invalid(
                text, $"Invalid value for maxReceiveCount: {count}, valid values are from 1 to 1000 both inclusive.");
        return target.ValueKind == JsonValueKind.String && Arn.TryParse(target.GetString()!) is { Service: "sqs" } arn
            ? new RedrivePolicy(arn, maximum)
            : throw Invalid(text, "Invalid value for deadLetterTargetArn.");
    }
}
