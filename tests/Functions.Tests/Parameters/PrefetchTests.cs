extern alias parameters;
using parameters::Isobar.Parameters;
using parameters::Isobar.Parameters.Caching;
using static Isobar.Functions.Tests.Parameters.CacheOnATestClock;

namespace Isobar.Functions.Tests.Parameters;

/// <summary>What is fetched during the init phase.</summary>
public sealed class PrefetchTests
{
    private readonly CacheOnATestClock test = new();

    [Fact]
    public async Task What_was_fetched_ahead_is_given_without_another_question()
    {
        Assert.Null(await RunAsync("a", "b"));
        await test.TextAsync("a");
        await test.TextAsync("b");
        Assert.Equal(2, test.Source.Asked.Count);
        Assert.StartsWith("parameters: 2 of 2 values fetched in ", Assert.Single(test.Said));
    }

    [Fact]
    public async Task One_that_fails_is_named_and_the_others_are_there()
    {
        test.Source.Answer = (wanted, _) => wanted.Name == "b"
            ? throw new RefusedException("ParameterNotFound")
            : Task.FromResult(ScriptedSource.Value("here"));
        Assert.Equal("b was not fetched: ParameterNotFound", await RunAsync("a", "b", "c"));
        Assert.Equal("here", await test.TextAsync("c"));
        Assert.Equal(3, test.Source.Asked.Count);
    }

    [Fact]
    public async Task A_source_that_stays_silent_holds_the_init_phase_up_for_five_seconds_and_no_longer()
    {
        test.Source.Answer = (_, _) => new TaskCompletionSource<SourceAnswer>().Task;
        var running = RunAsync("a");
        Assert.False(running.IsCompleted);
        test.Clock.Advance(Prefetch.Limit);
        Assert.Equal("a was not fetched: no answer in 5 s", await running);
    }

    private Task<string?> RunAsync(params string[] names) => Prefetch.RunAsync(
        test.Cache, [.. names.Select(name => Parameter(name, decrypt: true))], test.Clock,
        new Log(LogLevel.Debug, test.Said.Add)).WaitAsync(Bound);
}
