using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Stories.HostLife;

/// <summary>The service clock over HTTP, before a clock that nothing else moves.</summary>
public sealed class ClockStories : IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(50);

    private readonly Activity activity = new();
    private readonly HttpClient client = new();
    private ServiceClock clock = null!;
    private WireServer server = null!;

    public async ValueTask InitializeAsync()
    {
        clock = new ServiceClock(TimeProvider.System, activity);
        server = await WireServer.StartAsync(
            new ClockApi(clock, new ClockControl(clock, activity, Bound)).HandleAsync, 0, CancellationToken.None);
        client.BaseAddress = server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task It_shows_the_time_and_the_timers_that_are_armed()
    {
        Arm("tea", TimeSpan.FromMinutes(5));

        var view = await ReadAsync(await client.GetAsync("/_isobar/clock"));

        Assert.Equal("PT0S", (string?)view["ahead"]);
        Assert.Equal("tea", (string?)Assert.Single(view["timers"]!.AsArray())!["name"]);
    }

    [Fact]
    public async Task It_jumps_to_the_next_timer_and_says_which()
    {
        var fired = 0;
        Arm("tea", TimeSpan.FromMinutes(5), () => fired++);

        var moved = await ReadAsync(await PostAsync("next", ""));

        Assert.Equal("tea", (string?)Assert.Single(moved["fired"]!.AsArray()));
        Assert.InRange(clock.Offset, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        Assert.Equal(1, fired);
    }

    [Fact]
    public async Task Without_a_timer_there_is_nothing_to_jump_to()
    {
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync("next", "")).StatusCode);
        Assert.Equal(TimeSpan.Zero, clock.Offset);
    }

    [Fact]
    public async Task It_advances_by_a_time_and_stops_at_each_timer_on_the_way()
    {
        var seen = new List<TimeSpan>();
        var begun = clock.GetUtcNow();
        foreach (var minutes in (int[])[3, 1, 20])
            Arm($"{minutes}", TimeSpan.FromMinutes(minutes), () => seen.Add(clock.GetUtcNow() - begun));

        var moved = await ReadAsync(await PostAsync("advance", """{"by":"PT10M"}"""));

        Assert.Equal(["1", "3"], moved["fired"]!.AsArray().Select(name => (string?)name));
        Assert.Equal([1, 3], seen.Select(time => (int)Math.Round(time.TotalMinutes)));
        Assert.InRange(clock.Offset, TimeSpan.FromMinutes(9.9), TimeSpan.FromMinutes(10));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"by":null}""")]
    [InlineData("""{"by":"3 minutes"}""")]
    [InlineData("""{"by":"-PT1S"}""")]
    [InlineData("""{"by":"P15D"}""")]
    [InlineData("""{"by":"P99999999999Y"}""")]
    public async Task It_refuses_what_is_no_step_forward(string body)
    {
        var answer = await PostAsync("advance", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("PT3M", (string?)(await ReadAsync(answer))["error"], StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, clock.Offset);
    }

    [Theory]
    [InlineData("next", "text/plain")]
    [InlineData("advance", "text/plain")]
    [InlineData("advance", "application/x-www-form-urlencoded")]
    [InlineData("advance", null)]
    public async Task A_page_on_another_site_cannot_move_it(string call, string? contentType)
    {
        Arm("tea", TimeSpan.FromMinutes(5));

        var answer = await PostAsync(call, """{"by":"PT1M"}""", contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(TimeSpan.Zero, clock.Offset);
    }

    [Theory]
    [InlineData("next")]
    [InlineData("advance")]
    public async Task It_is_not_moved_while_work_is_under_way(string call)
    {
        Arm("tea", TimeSpan.FromMinutes(5));
        HttpResponseMessage answer;
        using (activity.Begin()) answer = await PostAsync(call, """{"by":"PT6M"}""");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("1 piece(s) of work", (string?)(await ReadAsync(answer))["error"], StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, clock.Offset);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(call, """{"by":"PT6M"}""")).StatusCode);
    }

    private void Arm(string name, TimeSpan after, Action? callback = null) =>
        clock.CreateTimer(name, callback ?? (() => { })).FireAt(clock.GetUtcNow() + after);

    private Task<HttpResponseMessage> PostAsync(string call, string body, string? contentType = "application/json")
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = contentType is null ? null : new MediaTypeHeaderValue(contentType);
        return client.PostAsync($"/_isobar/clock/{call}", content);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
}
