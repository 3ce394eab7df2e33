using System.Buffers;
using System.Text;
using System.Text.Json.Serialization;
using Isobar.Domain;

namespace Isobar.Import;

/// <summary>The event: the requested station and the id that the API returned for the request.</summary>
/// <param name="ImportId">
/// 1 to 128 letters, digits, <c>-</c>, <c>_</c> and <c>=</c>, because it is put into a header.
/// </param>
/// <param name="Station">A <see cref="StationId"/>; it is part of an object key.</param>
public sealed record ImportRequest(
    [property: JsonPropertyName("importId")] string? ImportId,
    [property: JsonPropertyName("station")] string? Station)
{
    private const int MaxIdLength = 128;

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("-=_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The key of the station's file, in the open data and in the landing bucket.</summary>
    /// <exception cref="InvalidRequestException">The station id is not valid.</exception>
    public string Key => Station is not null && StationId.IsValid(Encoding.UTF8.GetBytes(Station))
        ? $"csv/by_station/{Station}.csv"
        : throw new InvalidRequestException("station must be an id of 11 characters of A-Z, 0-9, '_' and '-'.");

    /// <exception cref="InvalidRequestException">The import id is missing or not valid.</exception>
    public string CheckedImportId() =>
        ImportId is { Length: > 0 and <= MaxIdLength } id && !id.AsSpan().ContainsAnyExcept(IdCharacters)
            ? id
            : throw new InvalidRequestException("importId must be 1 to 128 letters, digits, '-', '_' and '='.");
}

/// <summary>The event is not valid; every attempt fails.</summary>
public sealed class InvalidRequestException(string message) : Exception(message);
