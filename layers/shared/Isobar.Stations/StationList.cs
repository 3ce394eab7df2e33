using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static Isobar.Tables.Attributes;

namespace Isobar.Stations;

/// <summary>A page of stations, ordered by their ids.</summary>
/// <param name="Stations">Their ids; fewer than a page may have, or none, even when there is a next page.</param>
/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record StationPage(IReadOnlyList<string> Stations, StationsCursor? Next);

/// <summary>Lists the stations that have months, or have had some lately.</summary>
/// <param name="client">Configured by environment variables, without a Region or endpoint in code.</param>
/// <param name="table">The table's name.</param>
public sealed class StationList(IAmazonDynamoDB client, string table)
{
    /// <summary>Stations in a page.</summary>
    public const int MaxPage = 100;

    /// <summary>Countries that are asked for one page: GHCN-Daily has about 220, one query each.</summary>
    public const int MaxCountries = 50;

    /// <param name="country">The first two characters of the stations' ids; null for all countries.</param>
    /// <param name="after">Where the page before ended; null for the first one.</param>
    public async Task<StationPage> PageAsync(
        string? country, StationsCursor? after, CancellationToken cancellationToken)
    {
        var countries = country is null ? await CountriesAsync(after, cancellationToken) : [country];
        var stations = new List<string>();
        foreach (var each in countries.Take(MaxCountries))
        {
            // One more than the page, to know whether there is a next page.
            var wanted = MaxPage + 1 - stations.Count;
            stations.AddRange(await ItemsAsync(
                StationSchema.CountryPartition(each), after?.Position ?? "", wanted, cancellationToken));
            if (stations.Count > MaxPage) return Cut(stations);
        }

        return new StationPage(
            stations, countries.Count > MaxCountries ? StationsCursor.AfterCountry(countries[MaxCountries - 1]) : null);
    }

    private static StationPage Cut(List<string> stations) =>
        new(stations[..MaxPage], StationsCursor.After(stations[MaxPage - 1]));

    // The country of the cursor may have more stations; the countries before it are listed.
    private async Task<IReadOnlyList<string>> CountriesAsync(
        StationsCursor? after, CancellationToken cancellationToken)
    {
        var position = after?.Position ?? "";
        IReadOnlyList<string> rest =
            await ItemsAsync(StationSchema.Countries, position, MaxCountries + 1, cancellationToken);
        return after is null ? rest : [after.Country, .. rest];
    }

    private async Task<IReadOnlyList<string>> ItemsAsync(
        string partition, string after, int limit, CancellationToken cancellationToken)
    {
        var answer = await client.QueryAsync(
            new QueryRequest
            {
                TableName = table,
                KeyConditionExpression = "station = :partition AND #item > :after",
                ExpressionAttributeNames = new() { ["#item"] = "item" },
                ExpressionAttributeValues = new()
                {
                    // An empty text can't be compared with a key; a space is less than every id.
                    [":partition"] = Text(partition), [":after"] = Text(after.Length == 0 ? " " : after),
                },
                Limit = limit,
            },
            cancellationToken);
        return [.. (answer.Items ?? []).Select(item => item["item"].S)];
    }
}
