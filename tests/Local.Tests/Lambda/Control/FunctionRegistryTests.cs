using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Lambda.Control;

public sealed class FunctionRegistryTests
{
    private readonly FunctionRegistry registry = new(new AccountLimits(), new Random(1));

    [Fact]
    [Claim("C5")]
    public void A_reservation_of_zero_throttles_everything()
    {
        registry.Deploy(Function("off", reserved: 0));

        Assert.Equal(LambdaErrors.ReservedConcurrencyReached, Reason(() => Enter("off")));
    }

    [Fact]
    [Claim("C1")]
    [Claim("C5")]
    public void The_account_runs_a_thousand_executions_less_what_is_reserved()
    {
        registry.Deploy(Function("open", null));
        registry.Deploy(Function("kept", reserved: 100));

        var admissions = Enumerable.Range(0, 900).Select(_ => Enter("open")!).ToArray();

        Assert.Equal(LambdaErrors.AccountConcurrencyReached, Reason(() => Enter("open")));
        Assert.NotNull(Enter("kept"));
        registry.Leave(admissions[0]);
        Assert.NotNull(Enter("open"));
    }

    [Fact]
    [Claim("C5")]
    public void Reservations_must_leave_a_hundred_to_the_rest()
    {
        registry.Deploy(Function("a", reserved: 500));

        var error = Assert.Throws<AwsException>(() => registry.Deploy(Function("b", reserved: 401)));

        Assert.Equal("Specified ReservedConcurrentExecutions for function decreases account's "
            + "UnreservedConcurrentExecution below its minimum value of [100].", error.Message);
        registry.Deploy(Function("b", reserved: 400));
        registry.Deploy(Function("b", reserved: 300));
        registry.Deploy(Function("a", reserved: 600));
    }

    [Fact]
    [Claim("C1")]
    public void A_smaller_account_runs_fewer_executions_and_keeps_all_of_them_unreserved()
    {
        var small = new FunctionRegistry(new AccountLimits { Concurrency = 10 }, new Random(1));
        small.Deploy(Function("f", null));
        var function = small.Resolve("f", null)!;

        for (var call = 0; call < 10; call++)
            Assert.NotNull(small.Enter(function, InvocationPriority.Background, Now));

        Assert.Equal(
            LambdaErrors.AccountConcurrencyReached,
            Reason(() => small.Enter(function, InvocationPriority.Background, Now)));
        var error = Assert.Throws<AwsException>(() => small.Deploy(Function("g", reserved: 1)));
        Assert.EndsWith("below its minimum value of [10].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_can_be_given_another_part_that_must_stay_unreserved()
    {
        var small = new FunctionRegistry(
            new AccountLimits { Concurrency = 20, LeastUnreserved = 15 }, new Random(1));

        small.Deploy(Function("f", reserved: 5));

        Assert.Throws<AwsException>(() => small.Deploy(Function("g", reserved: 1)));
    }

    [Fact]
    public void Synchronous_requests_are_ten_a_second_for_each_reserved_execution()
    {
        registry.Deploy(Function("f", reserved: 2));
        var function = registry.Resolve("f", null)!;

        var first = Enumerable.Range(0, 100).Count(_ => IsTaken(Now));
        var halfASecondLater = Enumerable.Range(0, 100).Count(_ => IsTaken(Now.AddSeconds(0.5)));
        var anHourLater = Enumerable.Range(0, 100).Count(_ => IsTaken(Now.AddHours(1)));

        Assert.Equal((20, 10, 20), (first, halfASecondLater, anHourLater));
        Assert.NotNull(registry.Enter(function, InvocationPriority.Background, Now.AddHours(1)));

        bool IsTaken(DateTimeOffset at)
        {
            try
            {
                registry.Leave(registry.Enter(function, InvocationPriority.Synchronous, at)!);
                return true;
            }
            catch (AwsException e)
            {
                Assert.Equal(LambdaErrors.ReservedRateReached, (string?)e.Members!["Reason"]);
                return false;
            }
        }
    }

    [Fact]
    public void Synchronous_requests_of_the_account_are_ten_a_second_for_each_of_its_executions()
    {
        var small = new FunctionRegistry(new AccountLimits { Concurrency = 10 }, new Random(1));
        small.Deploy(Function("f", null));
        small.Deploy(Function("g", null));
        for (var call = 0; call < 100; call++)
            small.Leave(small.Enter(
                small.Resolve(call % 2 == 0 ? "f" : "g", null)!, InvocationPriority.Synchronous, Now)!);

        Assert.Equal(LambdaErrors.AccountRateReached,
            Reason(() => small.Enter(small.Resolve("f", null)!, InvocationPriority.Synchronous, Now)));
    }

    [Fact]
    public void An_execution_stays_in_its_count_when_the_reservation_changes_under_it()
    {
        registry.Deploy(Function("f", null));
        var admission = Enter("f")!;

        registry.Deploy(Function("f", reserved: 1));
        registry.Leave(admission);

        Assert.NotNull(Enter("f"));
        Assert.Equal(LambdaErrors.ReservedConcurrencyReached, Reason(() => Enter("f")));
    }

    [Fact]
    public void What_is_given_back_is_there_for_the_rest_again()
    {
        registry.Deploy(Function("f", reserved: 900));
        Assert.True(registry.Reserve("f", null));
        Assert.Null(registry.Find("f")!.ReservedConcurrency);
        Assert.True(registry.Reserve("f", 900));
        Assert.False(registry.Reserve("missing", 1));
    }

    [Fact]
    public void There_is_nothing_to_enter_in_a_function_that_does_not_exist() =>
        Assert.Null(registry.Enter(
            new ResolvedFunction("missing", Arn("missing"), null), InvocationPriority.Synchronous, Now));

    [Theory]
    [InlineData(null, "")]
    [InlineData("$LATEST", ":$LATEST")]
    public void A_function_without_versions_is_resolved_to_LATEST(string? qualifier, string asInvoked)
    {
        registry.Deploy(Function("f", null));

        var resolved = registry.Resolve("f", qualifier)!;

        Assert.Equal(("f", "$LATEST"), (resolved.Name, registry.Find(resolved)!.Version));
        Assert.Equal(Arn("f") + asInvoked, resolved.InvokedArn);
        Assert.Equal(Arn("f") + ":$LATEST", resolved.QualifiedArn);
        Assert.Equal("f", registry.Find(resolved)!.Name);
    }

    [Theory]
    [InlineData("missing", null)]
    [InlineData("f", "1")]
    [InlineData("f", "live")]
    [InlineData("f", "$LATEST.PUBLISHED")]
    public void Nothing_else_is_resolved(string name, string? qualifier)
    {
        registry.Deploy(Function("f", null));

        Assert.Null(registry.Resolve(name, qualifier));
    }

    [Fact]
    public void What_was_resolved_finds_the_newest_deployment()
    {
        registry.Deploy(Function("f", null));
        var resolved = registry.Resolve("f", null)!;

        registry.Deploy(Function("f", reserved: 7));

        Assert.Equal(7, registry.Find(resolved)!.ReservedConcurrency);
    }

    private static DateTimeOffset Now => DateTimeOffset.UnixEpoch;

    internal static DeployedFunction Function(string name, int? reserved) => new(
        new FunctionConfiguration(name, "$LATEST", Arn(name), "Echo", "dotnet10", "/", "", 128,
            TimeSpan.FromSeconds(3), new Dictionary<string, string>(), "us-east-1", "000000000000")
        {
            Credentials = new RoleCredentials("AKID", "secret", "token"),
        },
        "arn:aws:iam::000000000000:role/echo", "", "x86_64", new StoredCode("/", "", 0), reserved,
        DateTimeOffset.UnixEpoch, Guid.Empty.ToString());

    private static string Arn(string name) => $"arn:aws:lambda:us-east-1:000000000000:function:{name}";

    // Nobody waits, so only executions are counted and not requests.
    private Admission? Enter(string name) =>
        registry.Enter(registry.Resolve(name, null)!, InvocationPriority.Background, Now);

    private static string? Reason(Func<Admission?> enter) =>
        (string?)Assert.Throws<AwsException>(() => enter()).Members!["Reason"];
}
