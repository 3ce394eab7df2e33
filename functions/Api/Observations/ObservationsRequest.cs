using System.Text;
using System.Text.Json;
using Isobar.Readings;

namespace Isobar.Api;

/// <summary>A request to put readings: a list of 1 to 500 of them.</summary>
/// <param name="Readings">Those that are right, in order; all of them where <see cref="Errors"/> is empty.</param>
/// <param name="Errors">What is wrong with each of the others.</param>
internal sealed record ObservationsRequest(IReadOnlyList<Reading> Readings, IReadOnlyList<ItemError> Errors)
{
    /// <summary>Readings in a request: as many as one call of Kinesis takes.</summary>
    public const int MaxReadings = ReadingStream.MaxRecords;

    /// <summary>Bytes of a body; 500 readings have about 50,000.</summary>
    public const int MaxBytes = 262_144;

    /// <summary>What a body that is too long is refused with.</summary>
    public static readonly string TooLong = $"The body must have at most {MaxBytes} bytes.";

    /// <summary>What a body that is no list of readings is refused with.</summary>
    public static readonly string NoList = $"The body must be a JSON array of 1 to {MaxReadings} readings.";

    public static bool IsTooLong(string? body) => body is not null && Encoding.UTF8.GetByteCount(body) > MaxBytes;

    /// <param name="now">Readings must not be far ahead of it.</param>
    /// <returns>Null if the body is no list of 1 to 500 items.</returns>
    public static ObservationsRequest? TryRead(string? body, DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(body ?? "", new JsonDocumentOptions { MaxDepth = 8 });
            return document.RootElement is { ValueKind: JsonValueKind.Array } list
                && list.GetArrayLength() is >= 1 and <= MaxReadings
                    ? Read(list, now)
                    : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static ObservationsRequest Read(JsonElement list, DateTimeOffset now)
    {
        var (readings, errors) = (new List<Reading>(), new List<ItemError>());
        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            if (ReadingReader.TryRead(item, out var problem) is not { } reading)
                errors.Add(new ItemError(index, problem));
            else if (reading.IsAheadOf(now))
                errors.Add(new ItemError(index, $"at must not be more than {Reading.MostAhead.TotalMinutes} minutes "
                    + "in the future."));
            else readings.Add(reading);
        }

        return new ObservationsRequest(readings, errors);
    }
}
