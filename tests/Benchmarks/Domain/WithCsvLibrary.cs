using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace Isobar.Benchmarks.Domain;

/// <summary>The same with CsvHelper and plain .NET, as one writes it without a thought for waste.</summary>
internal static class WithCsvLibrary
{
    private static readonly CsvConfiguration Layout = new(CultureInfo.InvariantCulture)
    {
        HasHeaderRecord = false,
        Mode = CsvMode.NoEscape,
        BadDataFound = null,
        MissingFieldFound = null,
    };

    public static Task<long> AcceptedRowsAsync(BenchmarkFile file)
    {
        var accepted = 0L;
        var months = new Dictionary<(string Station, int Year, int Month), Month>();
        using var curated = new Utf8JsonWriter(Stream.Null, new JsonWriterOptions { SkipValidation = true });
        using var csv = new CsvReader(new StreamReader(file.Open(), Encoding.UTF8), Layout);
        while (csv.Read())
        {
            if (!TryRead(csv, out var date, out var value) || value == -9999 || csv.GetField(5) != "") continue;
            accepted++;
            var (station, element) = (csv.GetField(0)!, csv.GetField(2)!);
            Write(curated, station, date, element, value);
            if (!months.TryGetValue((station, date.Year, date.Month), out var month))
                months.Add((station, date.Year, date.Month), month = new Month());
            month.Add(date.Day, element, value);
        }

        return Task.FromResult(accepted);
    }

    private static bool TryRead(CsvReader csv, out DateOnly date, out int value)
    {
        value = 0;
        date = default;
        return csv.Parser.Count is 7 or 8
            && csv.GetField(0) is { Length: 11 } id && id.All(c => IsCapitalOrDigit(c) || c is '_' or '-')
            && DateOnly.TryParseExact(csv.GetField(1), "yyyyMMdd", CultureInfo.InvariantCulture, default, out date)
            && date.Year is >= 1700 and <= 2199
            && csv.GetField(2) is { Length: 4 } element && element.All(IsCapitalOrDigit)
            && int.TryParse(csv.GetField(3), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && csv.GetField(4)!.Length <= 1 && csv.GetField(5)!.Length <= 1 && csv.GetField(6)!.Length <= 1
            && IsTime(csv.GetField(7));
    }

    private static bool IsTime(string? field) =>
        field is null or "" || (field.Length == 4 && int.TryParse(field, out var time) && time is >= 0 and <= 2400);

    private static bool IsCapitalOrDigit(char character) =>
        char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character);

    private static void Write(Utf8JsonWriter curated, string station, DateOnly date, string element, int value)
    {
        curated.WriteStartObject();
        curated.WriteString("station", station);
        curated.WriteString("date", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        curated.WriteString("element", element);
        curated.WriteNumber("value", Convert(element, value));
        curated.WriteEndObject();
        if (curated.BytesPending > 65_536) curated.Flush();
    }

    private static decimal Convert(string element, int value) =>
        element is "TMAX" or "TMIN" or "TAVG" or "TOBS" or "PRCP" or "AWND" ? value / 10m : value;

    private sealed class Month
    {
        private readonly HashSet<int> days = [], wetDays = [];
        private readonly Dictionary<string, (long Count, long Sum, int Lowest, int Highest)> elements = [];

        public void Add(int day, string element, int value)
        {
            days.Add(day);
            if (element == "PRCP" && value >= 10) wetDays.Add(day);
            var (count, sum, lowest, highest) = elements.GetValueOrDefault(element, (0, 0, value, value));
            elements[element] = (count + 1, sum + value, Math.Min(lowest, value), Math.Max(highest, value));
        }
    }
}
