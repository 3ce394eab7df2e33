using System.Text.Json.Nodes;
using Amazon.Lambda.APIGatewayEvents;
using Isobar.Api;
using Isobar.Functions.Tests.Stations;
using static Isobar.Functions.Tests.Stations.StationsOnPortZero;

namespace Isobar.Functions.Tests.Api;

public sealed class StationRouteTests : IAsyncLifetime
{
    private const string Station = "XIW00000001";

    private StationsOnPortZero table = null!;

    public async ValueTask InitializeAsync()
    {
        table = await StationsOnPortZero.StartAsync();
        await table.ServeAsync(Version("a.csv", 1), Month(Station, "2014-01", 2, tmax: 70));
    }

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task A_month_shows_what_was_observed_and_the_file_that_it_comes_from()
    {
        var body = Calls.AssertAnswer(await MonthsAsync(Station), 200);

        var job = Version("a.csv", 1).Job;
        var month = Assert.Single(body["months"]!.AsArray())!;
        Assert.Equal(Station, (string?)body["station"]);
        Assert.Equal(
            ["landing/a.csv", "v1", job],
            ((string[])["key", "versionId", "job"]).Select(name => (string?)month["source"]![name]));
        month.AsObject().Remove("source");
        // Temperatures have one decimal, and what was not observed is absent.
        Assert.Equal(
            """{"month":"2014-01","days":2,"meanTmax":7.0,"highestTmax":7.0,"""
            + """ "wetDays":0,"elements":{"TMAX":2},"accepted":2}""".TrimStart(),
            month.ToJsonString());
    }

    [Fact]
    public async Task A_range_without_months_of_a_station_that_has_others_is_empty()
    {
        var body = Calls.AssertAnswer(await MonthsAsync(Station, ("from", "2015-01")), 200);

        Assert.Empty(body["months"]!.AsArray());
    }

    [Theory]
    [InlineData("XIW00000009")]
    [InlineData("countries")]
    [InlineData("report")]
    [InlineData("xiw00000001")]
    [InlineData("XIW0000000")]
    [InlineData("XIW00000001#")]
    public async Task A_station_that_is_not_there_is_not_found(string id)
    {
        Calls.AssertProblem(await MonthsAsync(id), 404, "Not Found");
        Calls.AssertProblem(await MonthsAsync(id, ("from", "2014-01")), 404, "Not Found");
    }

    [Theory]
    [InlineData("from", "2014")]
    [InlineData("from", "2014-13")]
    [InlineData("from", "2014-00")]
    [InlineData("to", "1699-12")]
    [InlineData("to", "2200-01")]
    [InlineData("to", "")]
    [InlineData("to", "2014-01-01")]
    [InlineData("to", "٢٠١٤-01")]
    [InlineData("until", "2014-01")]
    public async Task A_range_that_is_none_is_a_bad_request(string name, string value) =>
        Calls.AssertProblem(await MonthsAsync(Station, (name, value)), 400, "Bad Request");

    [Fact]
    public async Task A_range_that_ends_before_it_begins_is_a_bad_request() => Calls.AssertProblem(
        await MonthsAsync(Station, ("from", "2014-02"), ("to", "2014-01")), 400, "Bad Request");

    [Fact]
    public async Task Stations_are_listed_with_their_countries_and_pages_follow_each_other()
    {
        await table.Writer.AddStationsAsync(
            Version("a.csv", 1), [.. Enumerable.Range(0, 101).Select(number => $"XJW{number:D8}")], default);

        var first = await ListAsync();
        var second = await ListAsync(("cursor", (string)first["next"]!));

        Assert.Equal("""{"id":"XIW00000001","country":"XI"}""", first["stations"]![0]!.ToJsonString());
        Assert.Equal((100, 2), (first["stations"]!.AsArray().Count, second["stations"]!.AsArray().Count));
        Assert.Null(second["next"]);
        Assert.Single((await ListAsync(("country", "XI")))["stations"]!.AsArray());
        Assert.Empty((await ListAsync(("country", "XK")))["stations"]!.AsArray());
    }

    [Theory]
    [InlineData("country", "X")]
    [InlineData("country", "xi")]
    [InlineData("country", "XIW")]
    [InlineData("cursor", "no cursor")]
    [InlineData("limit", "5")]
    public async Task A_list_that_there_is_not_is_a_bad_request(string name, string value) =>
        Calls.AssertProblem(await CallListAsync((name, value)), 400, "Bad Request");

    [Fact]
    public async Task A_cursor_of_another_country_is_a_bad_request() => Calls.AssertProblem(
        await CallListAsync(("country", "XI"), ("cursor", "WEp-")), 400, "Bad Request");

    private Task<APIGatewayProxyResponse> MonthsAsync(string id, params (string Name, string Value)[] query) =>
        new GetMonthsRoute(table.Reader, Calls.Responses).GetMonths(
            id, Calls.Request(query: query), new Invocation());

    private async Task<JsonNode> ListAsync(params (string Name, string Value)[] query) =>
        Calls.AssertAnswer(await CallListAsync(query), 200);

    private Task<APIGatewayProxyResponse> CallListAsync(params (string Name, string Value)[] query) =>
        new ListStationsRoute(table.List, Calls.Responses).ListStations(
            Calls.Request(query: query), new Invocation());
}
