using Isobar.Local.Services.Logs;
using Isobar.Local.Services.Logs.Live;
using Isobar.Local.Services.Logs.Patterns;

namespace Isobar.Local.Tests.Services.Logs;

public sealed class LiveTailTests
{
    [Fact]
    public async Task A_session_sends_the_events_that_come_after_its_start()
    {
        await using var logs = await LogsOnPortZero.StartAsync();

        var answers = await JavaScriptClient.RunAsync("Services/Logs/live-tail.mjs", logs.Address);

        Assert.Equal("""
            {"missing":{"name":"ResourceNotFoundException","status":400},"started":[1,"ERROR"],
            "seen":[["a","000000000000:/app/live","ERROR one"],["a","000000000000:/app/live","ERROR three ü"]]}
            """.ReplaceLineEndings(""), answers.GetRawText());
    }

    [Fact]
    public void An_update_has_500_events_and_says_when_there_were_more()
    {
        var session = Session("");
        Offer(session, 500);
        var (first, isFirstSampled) = session.Take();
        Offer(session, 501);
        var (second, isSecondSampled) = session.Take();

        Assert.Equal((500, false, 500, true), (first.Count, isFirstSampled, second.Count, isSecondSampled));
        Assert.Empty(session.Take().Events);
    }

    [Fact]
    public void A_session_that_nobody_reads_keeps_its_5000_newest_events()
    {
        var session = Session("?4999 ?5000");

        Offer(session, LogsLimits.MaxLiveEvents + 1);

        var (events, isSampled) = session.Take();
        Assert.True(isSampled);
        Assert.Equal((string[])["4999", "5000"], events.Select(each => each.Message));
    }

    [Fact]
    public async Task A_Region_has_15_sessions_and_the_host_ends_them()
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();
        using var http = new HttpClient();
        var open = new List<HttpResponseMessage>();
        for (var i = 0; i < 15; i++)
            open.Add(await http.SendAsync(
                logs.Request("StartLiveTail", """{"logGroupIdentifiers":["g"]}"""),
                HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken));

        Assert.All(open, answer => Assert.Equal(
            "application/vnd.amazon.eventstream", answer.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("400 LimitExceededException", await logs.ErrorAsync(
            "StartLiveTail", """{"logGroupIdentifiers":["g"]}"""), StringComparison.Ordinal);
        await logs.Module.DisposeAsync();
        foreach (var answer in open)
        {
            Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            answer.Dispose();
        }
    }

    [Theory]
    [InlineData("""{"logGroupIdentifiers":[]}""", "1 validation error detected: Value '[]' at 'logGroupIdentifiers' "
        + "failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("""{"logGroupIdentifiers":["g","h"],"logStreamNames":["s"]}""",
        "logStreamNames and logStreamNamePrefixes can be given for one log group only.")]
    [InlineData("""{"logGroupIdentifiers":["g"],"logEventFilterPattern":"a:b"}""",
        "Invalid character(s) in term 'a:b'")]
    public async Task What_breaks_a_rule_is_refused_before_the_stream_begins(string request, string error)
    {
        await using var logs = await LogsOnPortZero.WithStreamAsync();

        Assert.Equal($"400 InvalidParameterException {error}", await logs.ErrorAsync("StartLiveTail", request));
    }

    private static LiveSession Session(string pattern) => new(new LiveQuestion(
        new HashSet<string> { "g" }, null, null, FilterPattern.Parse(pattern)));

    private static void Offer(LiveSession session, int events)
    {
        for (var i = 0; i < events; i++) session.Offer(new LiveEvent("g", "s", $"{i}", 1, 1));
    }
}
