using System.Globalization;
using Isobar.Local.Experiments;

namespace Isobar.Local.Lineage;

/// <summary>What someone wants to have explained.</summary>
internal abstract record Asked
{
    /// <summary>The forms, for help and errors.</summary>
    public const string Forms =
        "a row, as s3://bucket/key@version:offset (without @version the newest) or as job:offset; a job, as 64 "
        + "hexadecimal digits; a request id of Lambda; an import's id; or a month of a station, such as "
        + "USW00094728/2014-01";

    private const int JobDigits = 64;
    private const int StationLength = 11;
    private const int LeastImportId = 16;
    private const int MostImportId = 128;

    private protected Asked()
    {
    }

    /// <returns>Null if the text has none of the forms.</returns>
    public static Asked? TryParse(string text)
    {
        if (text.StartsWith("s3://", StringComparison.Ordinal)) return TryParseRow(text);
        if (IsJob(text)) return new AskedJob(text);
        if (Guid.TryParseExact(text, "D", out var id)) return new AskedRequest(id.ToString("D"));
        if (text.Split(':') is [var job, var offset])
            return IsJob(job) && TryParseOffset(offset) is { } at ? new AskedRowOfJob(job, at) : null;
        if (text.Split('/') is [{ Length: StationLength } station, var month])
            return station.All(IsOfStation) && IsMonth(month) ? new AskedMonth(station, month) : null;
        return text.Length is >= LeastImportId and <= MostImportId && text.All(IsOfImport)
            ? new AskedImport(text)
            : null;
    }

    // From the end: a key may have all of these characters.
    private static AskedRow? TryParseRow(string text)
    {
        var colon = text.LastIndexOf(':');
        if (TryParseOffset(text[(colon + 1)..]) is not { } offset) return null;
        var place = text[..colon];
        var version = default(string);
        if (place.LastIndexOf('@') is var mark and > 0 && IsVersion(place[(mark + 1)..]))
            (place, version) = (place[..mark], place[(mark + 1)..]);
        return S3Place.TryParse(place) is { Key.Length: > 0 } found ? new AskedRow(found, version, offset) : null;
    }

    private static long? TryParseOffset(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : null;

    private static bool IsJob(string text) => text.Length == JobDigits && text.All(char.IsAsciiHexDigitLower);

    private static bool IsVersion(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private static bool IsOfStation(char c) =>
        char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '_' or '-';

    private static bool IsOfImport(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '=';

    private static bool IsMonth(string text) => DateOnly.TryParseExact(
        text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}

/// <param name="VersionId">Null for the newest version.</param>
/// <param name="Offset">Of any byte of the row; in a gzip, of its decompressed content.</param>
internal sealed record AskedRow(S3Place Object, string? VersionId, long Offset) : Asked;

/// <param name="Offset">As in quarantine.</param>
internal sealed record AskedRowOfJob(string Job, long Offset) : Asked;

internal sealed record AskedJob(string Job) : Asked;

internal sealed record AskedRequest(string Id) : Asked;

internal sealed record AskedImport(string Id) : Asked;

/// <param name="Month"><c>yyyy-MM</c>.</param>
internal sealed record AskedMonth(string Station, string Month) : Asked;
