using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Lambda.Control;

public sealed class FunctionRegistryTests
{
    private readonly FunctionRegistry registry = new();

    [Fact]
    public void A_reservation_of_zero_throttles_everything()
    {
        registry.Deploy(Function("off", reserved: 0));

        Assert.Equal(LambdaErrors.ReservedConcurrencyReached, Reason(() => registry.Enter("off")));
    }

    [Fact]
    public void The_account_runs_a_thousand_executions_less_what_is_reserved()
    {
        registry.Deploy(Function("open", null));
        registry.Deploy(Function("kept", reserved: 100));

        var admissions = Enumerable.Range(0, 900).Select(_ => registry.Enter("open")!).ToArray();

        Assert.Equal(LambdaErrors.AccountConcurrencyReached, Reason(() => registry.Enter("open")));
        Assert.NotNull(registry.Enter("kept"));
        registry.Leave(admissions[0]);
        Assert.NotNull(registry.Enter("open"));
    }

    [Fact]
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
    public void An_execution_stays_in_its_count_when_the_reservation_changes_under_it()
    {
        registry.Deploy(Function("f", null));
        var admission = registry.Enter("f")!;

        registry.Deploy(Function("f", reserved: 1));
        registry.Leave(admission);

        Assert.NotNull(registry.Enter("f"));
        Assert.Equal(LambdaErrors.ReservedConcurrencyReached, Reason(() => registry.Enter("f")));
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
        Assert.Null(registry.Enter("missing"));

    internal static DeployedFunction Function(string name, int? reserved) => new(
        new FunctionConfiguration(name, "$LATEST", $"arn:aws:lambda:us-east-1:000000000000:function:{name}", "Echo",
            "dotnet10", "/", "", 128, TimeSpan.FromSeconds(3), new Dictionary<string, string>(), "us-east-1",
            "000000000000")
        {
            Credentials = new RoleCredentials("AKID", "secret", "token"),
        },
        "arn:aws:iam::000000000000:role/echo", "", "x86_64", 0, reserved, DateTimeOffset.UnixEpoch,
        Guid.Empty.ToString());

    private static string? Reason(Func<Admission?> enter) =>
        (string?)Assert.Throws<AwsException>(() => enter()).Members!["Reason"];
}
