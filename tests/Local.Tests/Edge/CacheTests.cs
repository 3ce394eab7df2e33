using Isobar.Local.Edge;
using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.Edge.Requests;
using Isobar.Local.Edge.Stack;

namespace Isobar.Local.Tests.Edge;

/// <summary>What the cache keeps and for how long, and when processes are started.</summary>
public sealed class CacheTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 12, 15, 0, 0, TimeSpan.Zero);
    private static readonly TimeToLive Policy =
        new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(600));

    [Theory]
    [InlineData(200, "", "", 60)]
    [InlineData(200, "max-age=100", "", 100)]
    [InlineData(200, "max-age=100, s-maxage=200", "", 200)]
    [InlineData(200, "max-age=1", "", 5)]
    [InlineData(200, "max-age=9999", "", 600)]
    [InlineData(200, "no-cache", "", 5)]
    [InlineData(200, "no-store", "", 5)]
    [InlineData(200, "private, max-age=100", "", 5)]
    [InlineData(200, "public", "", 60)]
    [InlineData(200, "", "Mon, 12 Jan 2026 15:02:00 GMT", 120)]
    [InlineData(200, "max-age=100", "Mon, 12 Jan 2026 15:02:00 GMT", 100)]
    [InlineData(200, "", "Mon, 12 Jan 2026 14:00:00 GMT", 5)]
    [InlineData(200, "", "0", 5)]
    [InlineData(404, "", "", 10)]
    [InlineData(404, "max-age=1", "", 10)]
    [InlineData(503, "max-age=100", "", 100)]
    public void An_object_is_kept_as_its_origin_says_within_the_policys_bounds(
        int status, string control, string expires, int seconds)
    {
        var headers = new HeaderMap();
        if (control.Length > 0) headers.Add("Cache-Control", control);
        if (expires.Length > 0) headers.Add("Expires", expires);

        Assert.Equal(TimeSpan.FromSeconds(seconds), Freshness.Of(status, headers, Policy, Now));
    }

    [Fact]
    public void What_may_not_be_kept_is_not_and_takes_the_place_of_what_was()
    {
        var cache = new EdgeCache();
        Store(cache, "/a", Object(1));
        Store(cache, "/a", Object(1) with { Fresh = TimeSpan.Zero });

        Assert.Null(cache.Find(Key("/a")));
        Assert.Equal((0, 0L), (cache.Count, cache.Bytes));
    }

    [Fact]
    public void A_full_cache_lets_go_of_what_was_used_least_recently()
    {
        var cache = new EdgeCache();
        for (var i = 0; i < EdgeLimits.MaxCachedObjects; i++) Store(cache, $"/{i}", Object(1));
        cache.Find(Key("/0"));
        Store(cache, "/new", Object(1));

        Assert.Equal(EdgeLimits.MaxCachedObjects, cache.Count);
        Assert.NotNull(cache.Find(Key("/0")));
        Assert.Null(cache.Find(Key("/1")));
        Assert.NotNull(cache.Find(Key("/new")));
    }

    [Fact]
    public void A_cache_full_of_bytes_does_so_too()
    {
        var cache = new EdgeCache();
        var most = EdgeLimits.MaxCacheBytes / EdgeLimits.MaxCachedObjectBytes;
        for (var i = 0; i <= most; i++) Store(cache, $"/{i}", Object(EdgeLimits.MaxCachedObjectBytes));

        Assert.Equal((most, (long)EdgeLimits.MaxCacheBytes), (cache.Count, cache.Bytes));
        Assert.Null(cache.Find(Key("/0")));
    }

    [Fact]
    public void An_object_over_the_bound_is_not_kept()
    {
        var cache = new EdgeCache();
        Store(cache, "/a", Object(EdgeLimits.MaxCachedObjectBytes + 1));

        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void After_five_crashes_in_a_row_no_process_is_started_for_ten_seconds()
    {
        var budget = new CrashBudget();
        for (var i = 0; i < 4; i++) Assert.False(budget.RecordCrash(Now));
        budget.RecordAnswer();
        for (var i = 0; i < 4; i++) Assert.False(budget.RecordCrash(Now));
        Assert.True(budget.MayStart(Now));

        Assert.True(budget.RecordCrash(Now));
        Assert.False(budget.MayStart(Now + TimeSpan.FromSeconds(9.9)));
        Assert.True(budget.MayStart(Now + TimeSpan.FromSeconds(10)));
    }

    private static void Store(EdgeCache cache, string path, CachedObject stored) =>
        cache.Store(cache.Begin(Key(path)), stored);

    private static CacheKey Key(string path) => new("* " + path, path);

    private static CachedObject Object(int bytes) =>
        new(200, new HeaderMap(), new byte[bytes], Now, TimeSpan.FromMinutes(1));
}
