using Isobar.Instrumentation.Calls;

namespace Isobar.Functions.Tests.Instrumentation;

public sealed class CallLogTests
{
    private static readonly Uri Somewhere = new("http://host/path");

    private readonly CallLog log = new(TimeProvider.System);

    [Fact]
    public void Calls_are_taken_once_and_one_that_is_under_way_is_taken_when_it_has_ended()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        log.Begin(first, "GET", Somewhere);
        log.Begin(second, "PUT", Somewhere);
        log.End(first, 200);
        Assert.Equal(("GET", 200, false), Seen(Assert.Single(log.Take(out _))));
        Assert.Empty(log.Take(out _));

        log.End(second, 0);
        log.End(second, 200);
        Assert.Equal(("PUT", 0, true), Seen(Assert.Single(log.Take(out _))));
    }

    [Fact]
    public void What_is_over_a_bound_is_counted_and_no_longer_kept()
    {
        for (var call = 0; call < CallLog.MaxUnderWay + 3; call++) log.Begin(Guid.NewGuid(), "GET", Somewhere);
        Assert.Empty(log.Take(out var uncounted));
        Assert.Equal(3, uncounted);

        var other = new CallLog(TimeProvider.System);
        for (var call = 0; call < CallLog.MaxCalls + 2; call++)
        {
            var id = Guid.NewGuid();
            other.Begin(id, "GET", Somewhere);
            other.End(id, 503);
        }

        Assert.Equal(CallLog.MaxCalls, other.Take(out uncounted).Count);
        Assert.Equal(2, uncounted);
        other.Take(out uncounted);
        Assert.Equal(0, uncounted);
    }

    private static (string, int, bool) Seen(Call call) => (call.Method, call.Status, call.IsFault);
}
