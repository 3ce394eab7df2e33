using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isobar.Local.Services.CloudWatch;

/// <summary>Timestamps as the protocol writes them: seconds since 1970, with a fraction.</summary>
internal sealed class EpochSecondsConverter : JsonConverter<DateTimeOffset>
{
    private const double MaxSeconds = 253_402_300_799;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDouble() is >= 0 and <= MaxSeconds and var seconds
            ? DateTimeOffset.UnixEpoch + TimeSpan.FromMilliseconds(Math.Round(seconds * 1_000))
            : throw new JsonException("A timestamp is out of range.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds() / 1_000m);
}
