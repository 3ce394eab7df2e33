using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Lambda.Control;

/// <summary>Which executions run in provisioned environments, and what is left to the others.</summary>
public sealed class ProvisionedConcurrencyTests
{
    private readonly FunctionRegistry registry = new(new AccountLimits { Concurrency = 120 }, new Random(1));
    private DateTimeOffset now = DateTimeOffset.UnixEpoch;

    public ProvisionedConcurrencyTests()
    {
        registry.Deploy(FunctionRegistryTests.Function("f", null));
        Publish();
        Publish();
        registry.Entry("f")!.Put(new FunctionAlias("live", "1", "", ""));
        registry.TakeProvisioningChanged();
    }

    [Fact]
    [Claim("C6")]
    public void Executions_of_its_version_run_in_it_by_alias_and_by_number_and_the_next_one_spills_over()
    {
        Allocate("live", 3);

        Assert.All([Enter("live"), Enter("1"), Enter("live")], admission =>
        {
            Assert.True(admission.IsProvisioned);
            Assert.Equal("provisioned-concurrency", admission.Configuration.InitializationType);
        });
        var fourth = Enter("live");
        Assert.Equal((false, true), (fourth.IsProvisioned, fourth.IsSpillover));
        Assert.Equal("on-demand", fourth.Configuration.InitializationType);
        var other = Enter("2");
        Assert.Equal((false, false), (other.IsProvisioned, other.IsSpillover));
        Assert.False(Enter(null).IsProvisioned);
    }

    [Fact]
    [Claim("C7")]
    public void A_function_has_none_until_it_is_configured()
    {
        Assert.Empty(registry.Wanted().Places);
        Assert.Equal((false, false), (Enter("live").IsProvisioned, Enter("1").IsSpillover));
    }

    [Fact]
    [Claim("C10")]
    public void Its_environments_are_as_large_as_all_others_of_the_version()
    {
        var own = Allocate("live", 2);
        Put("live", 4);
        Assert.Equal(
            registry.Entry("f")!.Find("1")!.Configuration, own.Configuration with { IsProvisioned = false });
    }

    [Fact]
    public void A_free_provisioned_environment_is_used_again()
    {
        Allocate("live", 1);
        registry.Leave(Enter("live"));
        Assert.True(Enter("live").IsProvisioned);
    }

    [Fact]
    public void It_is_used_when_all_of_it_is_there_and_not_before()
    {
        var own = Put("live", 3);
        registry.BecameAvailable(own.Configuration, 2);

        var early = Enter("live");

        Assert.Equal(
            (false, false, ProvisionedStatus.InProgress), (early.IsProvisioned, early.IsSpillover, own.Status));
        registry.Leave(early);
        Assert.Equal("READY", registry.BecameAvailable(own.Configuration, 3)!.Status);
        Assert.Null(registry.BecameAvailable(own.Configuration, 3));
        Assert.True(Enter("live").IsProvisioned);
    }

    [Fact]
    public void What_is_there_stays_in_use_while_more_is_allocated()
    {
        Allocate("live", 2);
        Put("live", 4);

        Assert.Equal([true, true, false], [.. Enumerable.Range(0, 3).Select(_ => Enter("live").IsProvisioned)]);
    }

    [Fact]
    public void An_environment_that_is_lost_is_not_counted_on_until_it_is_replaced()
    {
        var own = Allocate("live", 2);
        registry.BecameAvailable(own.Configuration, 1);

        Assert.Equal([true, false], [.. Enumerable.Range(0, 2).Select(_ => Enter("live").IsProvisioned)]);
        registry.BecameAvailable(own.Configuration, 2);
        Assert.True(Enter("live").IsSpillover);
    }

    [Fact]
    public void Ten_requests_a_second_for_each_are_taken_and_the_others_spill_over()
    {
        Allocate("live", 2);

        Assert.Equal(20, Enumerable.Range(0, 30).Count(_ => IsProvisioned()));
        now = now.AddSeconds(0.5);
        Assert.Equal(10, Enumerable.Range(0, 30).Count(_ => IsProvisioned()));

        bool IsProvisioned()
        {
            var admission = Enter("live");
            registry.Leave(admission);
            return admission.IsProvisioned;
        }
    }

    [Fact]
    [Claim("C1")]
    public void It_is_taken_from_what_the_account_leaves_to_all_other_executions()
    {
        Put("live", 20);

        for (var call = 0; call < 100; call++) Enter("2");

        Assert.Equal(LambdaErrors.AccountConcurrencyReached, Reason(() => Enter("2")));
        // Its own version has its share, also while it is still being allocated.
        for (var call = 0; call < 20; call++) Assert.False(Enter("live").IsProvisioned);
        Assert.Equal(LambdaErrors.AccountConcurrencyReached, Reason(() => Enter("live")));
    }

    [Fact]
    [Claim("C5")]
    public void With_a_reservation_it_is_part_of_that()
    {
        registry.Reserve("f", 5);
        Allocate("live", 3);

        for (var call = 0; call < 3; call++) Assert.True(Enter("live").IsProvisioned);
        Assert.True(Enter("live").IsSpillover);
        Enter(null);

        Assert.Equal(LambdaErrors.ReservedConcurrencyReached, Reason(() => Enter(null)));
        Assert.Equal(LambdaErrors.ReservedConcurrencyReached, Reason(() => Enter("live")));
    }

    [Fact]
    public void The_alias_takes_it_along_to_another_version()
    {
        var before = Allocate("live", 1);
        registry.Entry("f")!.Put(new FunctionAlias("live", "2", "", ""));

        Assert.True(registry.TakeProvisioningChanged());
        var (configuration, count) = Assert.Single(registry.Wanted().Places);
        Assert.Equal(("2", 1), (configuration.Version, count));
        Assert.Equal(ProvisionedStatus.InProgress, registry.Entry("f")!.ProvisionedOf("live")!.Status);
        Assert.Null(registry.BecameAvailable(before.Configuration, 1));
        registry.BecameAvailable(configuration, 1);
        Assert.True(Enter("2").IsProvisioned);
        Assert.False(Enter("1").IsProvisioned);
    }

    [Fact]
    public void An_alias_that_gets_weights_keeps_it_for_its_first_version_and_it_cant_be_changed()
    {
        Allocate("live", 1);
        registry.Entry("f")!.Put(new FunctionAlias("live", "1", "", "") { Additional = new WeightedVersion("2", 1) });

        Assert.False(Enter("live").IsProvisioned);
        Assert.True(Enter("1").IsProvisioned);
        Assert.Equal("InvalidParameterValueException", Assert.Throws<AwsException>(() => Put("live", 2)).Code);
        Assert.Equal("InvalidParameterValueException",
            Assert.Throws<AwsException>(() => registry.DeleteProvisioned(new("f", "live"), "arn")).Code);
    }

    [Fact]
    public void A_failed_init_fails_the_allocation_and_gives_its_share_back()
    {
        var own = Put("live", 20);

        var failed = registry.InitFailed(own.Configuration)!;

        Assert.Equal(("FAILED", ProvisionedStatus.Failed), (failed.Status, own.Status));
        Assert.Empty(registry.Wanted().Places);
        Assert.Null(registry.BecameAvailable(own.Configuration, 20));
        for (var call = 0; call < 120; call++) Enter("2");
        Assert.NotSame(own, Put("live", 1));
    }

    [Fact]
    public void A_failed_init_of_a_replacement_fails_nothing()
    {
        var own = Allocate("live", 2);
        registry.BecameAvailable(own.Configuration, 1);

        Assert.Null(registry.InitFailed(own.Configuration));

        Assert.Equal(ProvisionedStatus.Ready, own.Status);
        Assert.Single(registry.Wanted().Places);
    }

    [Fact]
    public void It_ends_with_its_alias_its_version_and_its_function()
    {
        Put("live", 1);
        registry.Entry("f")!.DeleteAlias("live");
        Assert.Empty(registry.Wanted().Places);

        Put("2", 1);
        registry.Entry("f")!.DeleteVersion("2");
        Assert.Empty(registry.Wanted().Places);

        Put("1", 1);
        registry.TakeProvisioningChanged();
        registry.Delete("f");
        Assert.True(registry.TakeProvisioningChanged());
        Assert.Empty(registry.Wanted().Places);
    }

    [Fact]
    public void More_than_this_machine_holds_is_refused_with_the_reason()
    {
        Put("live", 2);

        var error = Assert.Throws<AwsException>(() => registry.PutProvisioned(
            new("f", "2"), "arn", 3, (_, together) => together > 4 ? $"{together} are too many." : null, now));

        Assert.Equal("5 are too many.", error.Message);
        Assert.Equal(2, Assert.Single(registry.Wanted().Places).Count);
    }

    private ProvisionedConcurrency Put(string qualifier, int requested) =>
        registry.PutProvisioned(new("f", qualifier), "arn", requested, (_, _) => null, now);

    private ProvisionedConcurrency Allocate(string qualifier, int requested)
    {
        var own = Put(qualifier, requested);
        registry.BecameAvailable(own.Configuration, requested);
        return own;
    }

    private Admission Enter(string? qualifier) =>
        registry.Enter(registry.Resolve("f", qualifier)!, InvocationPriority.Background, now)!;

    private void Publish()
    {
        var latest = registry.Find("f")!;
        registry.Deploy(latest with { Configuration = latest.Configuration with { } });
        registry.Entry("f")!.Publish(null, now, "", "");
    }

    private static string? Reason(Func<Admission> enter) =>
        (string?)Assert.Throws<AwsException>(() => enter()).Members!["Reason"];
}
