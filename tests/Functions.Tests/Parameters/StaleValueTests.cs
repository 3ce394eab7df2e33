extern alias parameters;
using parameters::Isobar.Parameters.Caching;
using static Isobar.Functions.Tests.Parameters.CacheOnATestClock;

namespace Isobar.Functions.Tests.Parameters;

/// <summary>What callers get while the source is away.</summary>
public sealed class StaleValueTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly CacheOnATestClock test = new();

    [Fact]
    public async Task While_the_source_is_away_for_ten_minutes_every_call_is_answered_and_the_staleness_is_told()
    {
        await test.TextAsync("a");
        test.Source.GoAway();
        test.Clock.Advance(Ttl);
        for (var second = 0; second < 600; second++)
        {
            var given = await test.GetAsync(Parameter("a"));
            Assert.Equal(("a 1", TimeSpan.FromSeconds(second)), (Text(given), given.Stale));
            test.Clock.Advance(Second);
        }

        var line = Assert.Single(test.Said);
        Assert.Equal(
            "parameters: Parameter Store does not answer (503): stale values are given for at most 900 s past their "
            + "time to live, a first", line);

        test.Source.Answer = (_, _) => Task.FromResult(ScriptedSource.Value("new"));
        Assert.Equal("new", await test.TextAsync("a"));
        Assert.Equal("parameters: Parameter Store answers again", test.Said[^1]);
    }

    [Fact]
    public async Task After_the_bound_a_stale_value_is_no_longer_given()
    {
        await test.TextAsync("a");
        test.Source.GoAway();
        test.Clock.Advance(Ttl + StaleFor - Second);
        Assert.Equal("a 1", await test.TextAsync("a"));
        test.Clock.Advance(Second);
        await Assert.ThrowsAsync<AwayException>(() => test.TextAsync("a"));
    }

    [Fact]
    public async Task After_a_failure_the_source_is_left_alone_for_a_second()
    {
        await test.TextAsync("a");
        test.Source.GoAway();
        test.Clock.Advance(Ttl);
        for (var call = 0; call < 100; call++) await test.TextAsync("a");
        Assert.Equal(2, test.Source.Asked.Count);
        test.Clock.Advance(CacheSettings.Pause);
        await test.TextAsync("a");
        Assert.Equal(3, test.Source.Asked.Count);
    }

    [Fact]
    public async Task A_source_that_stays_silent_holds_callers_up_for_one_second_together()
    {
        await test.TextAsync("a");
        var silent = new TaskCompletionSource<SourceAnswer>();
        var asked = new TaskCompletionSource();
        test.Source.Answer = (_, _) =>
        {
            asked.SetResult();
            return silent.Task;
        };
        test.Clock.Advance(Ttl);
        var waiting = test.Cache.GetAsync(Parameter("a"));
        await asked.Task.WaitAsync(Bound);
        Assert.False(waiting.IsCompleted);
        test.Clock.Advance(CacheSettings.Patience);
        Assert.Equal("a 1", Text(await waiting.WaitAsync(Bound)));

        // The question is still open, so the next caller neither asks nor waits.
        Assert.Equal("a 1", await test.TextAsync("a"));
        Assert.Equal(2, test.Source.Asked.Count);
        Assert.Contains("no answer yet", Assert.Single(test.Said));
    }

    [Fact]
    public async Task A_refusal_ends_what_was_cached_because_the_source_has_answered()
    {
        await test.TextAsync("a");
        test.Source.Answer = (_, _) => throw new RefusedException("ParameterNotFound");
        test.Clock.Advance(Ttl);
        await Assert.ThrowsAsync<RefusedException>(() => test.TextAsync("a"));
        test.Source.GoAway();
        await Assert.ThrowsAsync<AwayException>(() => test.TextAsync("a"));
        Assert.Empty(test.Said);
    }
}
