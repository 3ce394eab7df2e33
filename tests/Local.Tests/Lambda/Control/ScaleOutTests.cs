using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Lambda.Control;

public sealed class ScaleOutTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private readonly ScaleOut scale = new();

    [Fact]
    [Claim("C3")]
    public void A_function_gets_a_thousand_environments_at_once_and_a_hundred_more_each_second()
    {
        var inFlight = Fill(0, Now);
        Assert.Equal(1_000, inFlight);
        inFlight = Fill(inFlight, Now.AddSeconds(1));
        Assert.Equal(1_100, inFlight);
        Assert.Equal(1_110, Fill(inFlight, Now.AddSeconds(1.1)));
    }

    [Fact]
    [Claim("C3")]
    public void What_is_not_used_is_not_kept_for_later()
    {
        var inFlight = Fill(0, Now);
        Assert.Equal(2_000, Fill(inFlight, Now.AddHours(5)));
    }

    [Fact]
    public void Environments_that_are_there_are_used_again_without_a_limit()
    {
        Fill(0, Now);
        for (var call = 0; call < 5_000; call++) Assert.True(scale.TryTake(call % 1_000, Now.AddMilliseconds(call)));
    }

    [Fact]
    public void Environments_that_were_not_used_for_minutes_must_be_got_again()
    {
        Fill(0, Now);
        var later = Now.AddMinutes(11);
        Assert.True(scale.TryTake(0, later));
        Assert.Equal(1_000, Fill(1, later));
    }

    [Fact]
    [Claim("C3")]
    [Claim("C4")]
    public void Beyond_it_an_invocation_is_throttled_with_the_reason_of_the_functions_rate()
    {
        var registry = new FunctionRegistry(new AccountLimits { Concurrency = 5_000 }, new Random(1));
        registry.Deploy(FunctionRegistryTests.Function("f", null));
        registry.Deploy(FunctionRegistryTests.Function("g", null));
        var function = registry.Resolve("f", null)!;
        for (var call = 0; call < 1_000; call++) Enter(function);

        var error = Assert.Throws<AwsException>(() => Enter(function));

        Assert.Equal(("TooManyRequestsException", 429), (error.Code, error.Status));
        Assert.Equal("FunctionInvocationRateLimitExceeded", (string?)error.Members!["Reason"]);
        // Each function has a rate of its own.
        Enter(registry.Resolve("g", null)!);

        void Enter(ResolvedFunction resolved) =>
            Assert.NotNull(registry.Enter(resolved, InvocationPriority.Background, Now));
    }

    private int Fill(int inFlight, DateTimeOffset now)
    {
        while (inFlight < 10_000 && scale.TryTake(inFlight, now)) inFlight++;
        return inFlight;
    }
}
