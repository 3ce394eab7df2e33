using System.Text.Json;

namespace Isobar.Parameters.Sources;

/// <summary>Turns what the services answer into what AWS's extension answers.</summary>
/// <remarks>
/// AWS's extension writes the answer as the AWS SDK for Go has it in memory: instants as ISO 8601 in place of seconds,
/// and a member <c>ResultMetadata</c>. Callers that read values by name see no difference; both are kept for those that
/// read all of it.
/// </remarks>
internal static class AnswerJson
{
    /// <param name="answer">Of GetParameter or GetSecretValue.</param>
    public static byte[] Write(JsonElement answer)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var member in answer.EnumerateObject()) WriteMember(writer, member);
            writer.WriteStartObject("ResultMetadata");
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteMember(Utf8JsonWriter writer, JsonProperty member)
    {
        writer.WritePropertyName(member.Name);
        if (member.Name is "LastModifiedDate" or "CreatedDate" && member.Value.ValueKind == JsonValueKind.Number)
        {
            var milliseconds = decimal.Round(member.Value.GetDecimal() * 1_000);
            writer.WriteStringValue(DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds).UtcDateTime);
        }
        else if (member.Value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var inner in member.Value.EnumerateObject()) WriteMember(writer, inner);
            writer.WriteEndObject();
        }
        else
        {
            member.Value.WriteTo(writer);
        }
    }
}
