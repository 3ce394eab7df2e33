extern alias parameters;
using System.Text;
using parameters::Isobar.Parameters;
using parameters::Isobar.Parameters.Caching;

namespace Isobar.Functions.Tests.Parameters;

/// <summary>A cache with a scripted source, a clock that a test moves, and what was logged.</summary>
internal sealed class CacheOnATestClock
{
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    public static readonly TimeSpan Ttl = TimeSpan.FromSeconds(300);

    public static readonly TimeSpan StaleFor = TimeSpan.FromSeconds(900);

    public CacheOnATestClock(int maxItems = 1_000, TimeSpan? ttl = null)
    {
        var settings = new CacheSettings(ttl ?? Ttl, ttl ?? Ttl, maxItems, StaleFor);
        Cache = new ValueCache(Source, settings, Clock, new Log(LogLevel.Debug, Said.Add));
    }

    public ScriptedSource Source { get; } = new();

    public Local.Tests.ManualTimeProvider Clock { get; } = new();

    public List<string> Said { get; } = [];

    public ValueCache Cache { get; }

    public static Wanted Parameter(string name, bool decrypt = false) =>
        new(Store.Parameters, name, null, null, decrypt);

    public async Task<GivenAnswer> GetAsync(Wanted wanted) => await Cache.GetAsync(wanted).WaitAsync(Bound);

    public async Task<string> TextAsync(string name) => Text(await GetAsync(Parameter(name)));

    public static string Text(GivenAnswer given) => Encoding.UTF8.GetString(given.Answer.Body);
}
