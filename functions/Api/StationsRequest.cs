using Isobar.Stations;

namespace Isobar.Api;

/// <summary>The page of stations that a request asks for.</summary>
/// <param name="Country">The first two characters of the stations' ids; null for all countries.</param>
internal sealed record StationsRequest(string? Country, StationsCursor? After)
{
    /// <param name="query">Null if the request has no query.</param>
    /// <param name="problem">What is wrong if the result is null.</param>
    public static StationsRequest? TryRead(IDictionary<string, string>? query, out string problem)
    {
        problem = "";
        string? country = null;
        StationsCursor? after = null;
        foreach (var (name, value) in query ?? new Dictionary<string, string>())
        {
            switch (name)
            {
                case "country":
                    country = value;
                    if (!IsCountry(value)) problem = "country must be the first two characters of a station's id.";
                    break;
                case "cursor":
                    after = StationsCursor.TryParse(value ?? "");
                    if (after is null) problem = "cursor must be the value of next in an earlier page.";
                    break;
                default:
                    problem = "The parameters of this list are country and cursor.";
                    break;
            }
        }

        if (problem.Length == 0 && country is not null && after is not null && after.Country != country)
            problem = "cursor must be the value of next in an earlier page of the same country.";
        return problem.Length == 0 ? new StationsRequest(country, after) : null;
    }

    private static bool IsCountry(string? text) =>
        text is { Length: 2 } && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '_' or '-');
}
