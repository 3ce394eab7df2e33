using System.Buffers;
using System.Text;
using System.Text.Json.Serialization;
using Isobar.Domain;

namespace Isobar.Import;

/// <summary>The event: what the API was asked for, under the id that it answered with.</summary>
/// <param name="ImportId">
/// 1 to 128 letters, digits, <c>-</c>, <c>_</c> and <c>=</c>: it becomes a key and a header.
/// </param>
/// <param name="Station">See <see cref="StationId"/>; it becomes an object key.</param>
public sealed record ImportRequest(
    [property: JsonPropertyName("importId")] string? ImportId,
    [property: JsonPropertyName("station")] string? Station)
{
    private const int MaxIdLength = 128;

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("-=_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The station's file, in the open data and in the landing bucket alike.</summary>
    /// <exception cref="InvalidRequestException">The station id is not well-formed.</exception>
    public string Key => Station is not null && StationId.IsValid(Encoding.UTF8.GetBytes(Station))
        ? $"csv/by_station/{Station}.csv"
        : throw new InvalidRequestException("The station is not an id of 11 characters of A-Z, 0-9, '_' and '-'.");

    /// <exception cref="InvalidRequestException">There is no import id, or none that the API gives.</exception>
    public string CheckedImportId() =>
        ImportId is { Length: > 0 and <= MaxIdLength } id && !id.AsSpan().ContainsAnyExcept(IdCharacters)
            ? id
            : throw new InvalidRequestException("The event has no import id of letters, digits, '-', '_' and '='.");
}

/// <summary>The event is not one that the API sends; it fails however often it is tried.</summary>
public sealed class InvalidRequestException(string message) : Exception(message);
