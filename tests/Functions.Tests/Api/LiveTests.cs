using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.APIGatewayEvents;
using Isobar.Api;
using Isobar.Readings;

namespace Isobar.Functions.Tests.Api;

public sealed class LiveTests : IReadingStream, ILiveReader
{
    private const string Right =
        """{"station":"USW00094728","element":"TOBS","value":21.4,"at":"2026-11-30T18:00:00Z"}""";

    private static readonly DateTimeOffset Now = new(2026, 11, 30, 18, 0, 0, TimeSpan.Zero);

    private readonly List<StreamEntry> put = [];
    private Func<int, bool> refuses = _ => false;
    private Exception? error;
    private Func<LiveStation?> live = () => null;

    [Fact]
    public async Task Readings_go_to_the_stream_by_their_station()
    {
        var answer = await PostAsync($"[{Right},{Right.Replace("94728", "94729")}]");
        Assert.Equal(2, (int)Calls.AssertAnswer(answer, 202)["accepted"]!);
        Assert.Equal(["USW00094728", "USW00094729"], put.Select(entry => entry.Key));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Right), JsonNode.Parse(put[0].Data)));
    }

    [Fact]
    public async Task If_any_reading_is_wrong_each_that_is_is_named_and_none_is_put()
    {
        var answer = await PostAsync(
            $"[{Right},{Right.Replace("21.4", "\"21.4\"")},7,{Right},{Right.Replace("18:00:00Z", "18:10:01Z")}]");
        Calls.AssertProblem(answer, 400, "Bad Request");
        var errors = JsonNode.Parse(answer.Body)!["errors"]!.AsArray();
        Assert.Equal([1, 2, 4], errors.Select(error => (int)error!["index"]!));
        Assert.Contains("value", (string)errors[0]!["detail"]!, StringComparison.Ordinal);
        Assert.Contains("object", (string)errors[1]!["detail"]!, StringComparison.Ordinal);
        Assert.Contains("future", (string)errors[2]!["detail"]!, StringComparison.Ordinal);
        Assert.Empty(put);
    }

    [Fact]
    public async Task What_the_stream_does_not_take_is_named()
    {
        refuses = index => index == 1;
        var answer = await PostAsync($"[{Right},{Right},{Right}]");
        Calls.AssertProblem(answer, 503, "Service Unavailable");
        Assert.Equal("1", answer.Headers["Retry-After"]);
        var problem = JsonNode.Parse(answer.Body)!;
        Assert.Equal([1], problem["errors"]!.AsArray().Select(error => (int)error!["index"]!));
        Assert.StartsWith("2 of 3", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_stack_of_live_readings_no_reading_is_taken_and_none_is_asked_for_again()
    {
        error = new StreamMissingException("Stream readings not found.", new IOException());
        var answer = await PostAsync($"[{Right}]");
        Calls.AssertProblem(answer, 503, "Service Unavailable");
        Assert.Equal(
            "The stack of live readings is not deployed.", (string)JsonNode.Parse(answer.Body)!["detail"]!);
        Assert.False(answer.Headers.ContainsKey("Retry-After"));
    }

    [Fact]
    public async Task An_error_that_a_repeat_does_not_mend_fails_the_invocation()
    {
        error = new UnauthorizedAccessException("not allowed");
        Assert.Same(error, await Assert.ThrowsAnyAsync<Exception>(() => PostAsync($"[{Right}]")));
    }

    [Theory]
    [InlineData(500, 202)]
    [InlineData(501, 400)]
    [InlineData(0, 400)]
    public async Task A_request_has_1_to_500_readings(int readings, int status)
    {
        var answer = await PostAsync($"[{string.Join(',', Enumerable.Repeat(Right, readings))}]");
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status == 202 ? readings : 0, put.Count);
    }

    [Theory]
    [InlineData(262_144, 202)]
    [InlineData(262_145, 413)]
    public async Task A_body_has_at_most_a_quarter_of_a_megabyte(int bytes, int status)
    {
        var answer = await PostAsync($"[{Right}]" + new string(' ', bytes - Right.Length - 2));
        Assert.Equal(status, answer.StatusCode);
        if (status == 413) Calls.AssertProblem(answer, 413, "Content Too Large");
        Assert.Equal(status == 202 ? 1 : 0, put.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"x\"")]
    [InlineData("[[[[[[[[[]]]]]]]]]")]
    public async Task A_body_that_is_no_list_is_refused(string? body)
    {
        Calls.AssertProblem(await PostAsync(body), 400, "Bad Request");
        Assert.Empty(put);
    }

    [Fact]
    public async Task A_station_has_its_latest_readings_and_its_newest_window()
    {
        live = () => new LiveStation(
            [new Reading("USW00094728", "TOBS", 21_400, Now)],
            new StationWindow(Now, Now.AddMinutes(1), [new ElementMean("AWND", 3, 2.125m)]));
        var body = Calls.AssertAnswer(await GetAsync("USW00094728"), 200);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"station":"USW00094728",
                 "latest":[{"element":"TOBS","value":21.4,"unit":"°C","at":"2026-11-30T18:00:00+00:00"}],
                 "window":{"start":"2026-11-30T18:00:00+00:00","end":"2026-11-30T18:01:00+00:00",
                   "means":[{"element":"AWND","mean":2.125,"unit":"m/s","count":3}]}}
                """),
            body), body.ToJsonString());
    }

    [Theory]
    [InlineData("USW00094728")]
    [InlineData("usw00094728")]
    [InlineData("..")]
    [InlineData("")]
    public async Task A_station_without_live_readings_is_not_found(string id) =>
        Calls.AssertProblem(await GetAsync(id), 404, "Not Found");

    [Fact]
    public async Task Without_the_stack_of_live_readings_the_service_is_unavailable()
    {
        live = () => throw new ResourceNotFoundException("Requested resource not found");
        Calls.AssertProblem(await GetAsync("USW00094728"), 503, "Service Unavailable");
    }

    Task<PutOutcome> IReadingStream.PutAsync(
        IReadOnlyList<StreamEntry> entries, CancellationToken cancellationToken)
    {
        if (error is not null) throw error;
        put.AddRange(entries);
        var refused = Enumerable.Range(0, entries.Count).Where(refuses).ToList();
        return Task.FromResult(new PutOutcome(refused, refused.Count > 0 ? "throttled" : null));
    }

    Task<LiveStation?> ILiveReader.FindAsync(string station, CancellationToken cancellationToken) =>
        Task.FromResult(live());

    private Task<APIGatewayProxyResponse> PostAsync(string? body) =>
        new CreateObservationsRoute(this, new FixedTime(Now), Calls.Responses)
            .CreateObservations(Calls.Request(body), new Invocation());

    private Task<APIGatewayProxyResponse> GetAsync(string id) =>
        new GetLiveRoute(this, Calls.Responses).GetLive(id, Calls.Request(), new Invocation());
}
