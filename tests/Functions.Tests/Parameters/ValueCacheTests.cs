extern alias parameters;
using parameters::Isobar.Parameters.Caching;
using static Isobar.Functions.Tests.Parameters.CacheOnATestClock;

namespace Isobar.Functions.Tests.Parameters;

/// <summary>When the source is asked, and what callers get.</summary>
public sealed class ValueCacheTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_value_is_fetched_once_until_its_time_to_live_is_over()
    {
        var test = new CacheOnATestClock();
        for (var call = 0; call < 1_000; call++) Assert.Equal("a 1", await test.TextAsync("a"));
        test.Clock.Advance(Ttl - Second);
        Assert.Equal("a 1", await test.TextAsync("a"));
        test.Clock.Advance(Second);
        Assert.Equal("a 2", await test.TextAsync("a"));
        Assert.Equal(2, test.Source.Asked.Count);
    }

    [Fact]
    public async Task Concurrent_misses_of_a_key_are_one_question_and_those_of_another_key_are_another()
    {
        var test = new CacheOnATestClock();
        var answered = new TaskCompletionSource<SourceAnswer>();
        test.Source.Answer = (_, _) => answered.Task;
        var same = Enumerable.Range(0, 50).Select(_ => test.Cache.GetAsync(Parameter("a"))).ToArray();
        var other = test.Cache.GetAsync(Parameter("b"));
        answered.SetResult(ScriptedSource.Value("here"));
        foreach (var given in await Task.WhenAll(same).WaitAsync(Bound)) Assert.Equal("here", Text(given));
        await other.WaitAsync(Bound);
        Assert.Equal(["a", "b"], test.Source.Asked.Select(wanted => wanted.Name).Order());
    }

    [Fact]
    public async Task A_failure_is_that_of_all_who_wait_and_the_next_caller_asks_again()
    {
        var test = new CacheOnATestClock();
        var answered = new TaskCompletionSource<SourceAnswer>();
        test.Source.Answer = (_, _) => answered.Task;
        var calls = Enumerable.Range(0, 3).Select(_ => test.Cache.GetAsync(Parameter("a"))).ToArray();
        answered.SetException(new AwayException("503"));
        foreach (var call in calls) await Assert.ThrowsAsync<AwayException>(() => call.WaitAsync(Bound));
        test.Source.Answer = (_, _) => Task.FromResult(ScriptedSource.Value("back"));
        Assert.Equal("back", await test.TextAsync("a"));
        Assert.Equal(2, test.Source.Asked.Count);
    }

    [Fact]
    public async Task A_secure_value_with_decryption_is_another_answer_than_without_and_a_plain_one_is_the_same()
    {
        var test = new CacheOnATestClock();
        test.Source.Answer = (wanted, _) => Task.FromResult(
            ScriptedSource.Value($"{wanted.Name} {wanted.Decrypt}", isSecure: wanted.Name == "secure"));
        Assert.Equal("secure True", Text(await test.GetAsync(Parameter("secure", decrypt: true))));
        Assert.Equal("secure False", Text(await test.GetAsync(Parameter("secure"))));
        Assert.Equal("plain True", Text(await test.GetAsync(Parameter("plain", decrypt: true))));
        Assert.Equal("plain True", Text(await test.GetAsync(Parameter("plain"))));
        Assert.Equal("secure True", Text(await test.GetAsync(Parameter("secure", decrypt: true))));
        Assert.Equal(3, test.Source.Asked.Count);
    }

    [Theory]
    [InlineData(1_000, 0)]
    [InlineData(0, 300)]
    public async Task Without_a_time_to_live_or_without_places_every_call_asks_the_source(int maxItems, int seconds)
    {
        var test = new CacheOnATestClock(maxItems, TimeSpan.FromSeconds(seconds));
        Assert.Equal("a 1", await test.TextAsync("a"));
        Assert.Equal("a 2", await test.TextAsync("a"));
        test.Source.GoAway();
        await Assert.ThrowsAsync<AwayException>(() => test.TextAsync("a"));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_makes_a_value_neither_fresh_nor_stale()
    {
        var test = new CacheOnATestClock();
        Assert.Equal("a 1", await test.TextAsync("a"));
        test.Clock.Advance(-TimeSpan.FromHours(1));
        Assert.Equal("a 2", await test.TextAsync("a"));
    }
}
