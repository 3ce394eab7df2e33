using System.Net;
using System.Text.Json.Nodes;

namespace Isobar.Stories.Releases;

/// <summary>
/// Versions, aliases and concurrency of a function of the application, by AWS's APIs alone. Each story leaves the
/// function as it was.
/// </summary>
[Collection(OneStack.Name)]
[Targets(Target.Local, Target.LocalStack, Target.Aws)]
public sealed class StackReleaseStories(StackFixture stack)
{
    // Where each of two versions gets half of the calls, one of them is missed once in 2^59 runs.
    private const int Calls = 60;

    [Fact]
    [Claim("V1")]
    [Claim("V2")]
    public async Task Only_what_changed_is_published_as_a_new_version_and_that_stays_as_it_is()
    {
        await using var function = new ReleasedFunction(stack);
        var first = await function.PublishAsync();
        Assert.Equal(first, await function.PublishAsync());
        await function.DescribeAsync("changed by a story");
        var second = await function.PublishAsync();
        await function.DescribeAsync("changed again");

        Assert.NotEqual(first, second);
        Assert.NotEqual("changed by a story", await function.DescriptionAsync(first));
        Assert.Equal("changed by a story", await function.DescriptionAsync(second));
        Assert.Equal("changed again", await function.DescriptionAsync("$LATEST"));
    }

    [Fact]
    [Claim("T6")]
    [Claim("V4")]
    [Claim("V5")]
    [Claim("V6")]
    public async Task An_alias_with_a_weight_runs_two_versions_and_after_one_update_only_the_one_that_it_names()
    {
        await using var function = new ReleasedFunction(stack);
        var first = await function.PublishAsync();
        await function.DescribeAsync("changed by a story");
        var second = await function.PublishAsync();

        await function.CreateAliasAsync(first);
        await RunsAsync(function, first);
        await function.MoveAliasAsync(first, (second, 0.5));
        await RunsAsync(function, first, second);
        await function.MoveAliasAsync(second);
        await RunsAsync(function, second);
        await function.MoveAliasAsync(first);
        await RunsAsync(function, first);
    }

    [Fact]
    [Claim("C5")]
    public async Task A_reservation_of_zero_switches_a_function_off_until_it_is_deleted()
    {
        await using var function = new ReleasedFunction(stack);
        await function.ReserveAsync(0);

        await stack.UntilAsync(
            () => function.TryInvokeAsync(),
            answer => answer == ((HttpStatusCode)429, "ReservedFunctionConcurrentInvocationLimitExceeded"));

        await function.ReserveAsync(null);
        await stack.UntilAsync(() => function.TryInvokeAsync(), answer => answer == (HttpStatusCode.OK, null));
    }

    /// <remarks>On AWS it costs a few cents at most, and a new account's limit leaves nothing to provision.</remarks>
    [Fact]
    [Claim("C6")]
    [Claim("C7")]
    public async Task Provisioned_concurrency_is_none_at_first_and_ready_when_all_of_it_is_allocated()
    {
        await using var function = new ReleasedFunction(stack);
        if (await function.UnreservedAsync() <= 100)
            Assert.Skip("All of the account's concurrency has to stay unreserved.");
        await function.CreateAliasAsync(await function.PublishAsync());
        Assert.Equal(
            (HttpStatusCode.NotFound, "ProvisionedConcurrencyConfigNotFoundException"),
            await function.TryProvisionedAsync());

        var asked = await function.ProvisionAsync(1);
        Assert.Equal(("IN_PROGRESS", 1),
            ((string?)asked["Status"], (int)asked["RequestedProvisionedConcurrentExecutions"]!));
        var ready = await stack.UntilAsync(
            function.ProvisionedAsync, shown => (string?)shown["Status"] != "IN_PROGRESS");

        Assert.Equal(("READY", 1),
            ((string?)ready["Status"], (int)ready["AvailableProvisionedConcurrentExecutions"]!));
        Assert.Equal((HttpStatusCode.OK, null), await function.TryInvokeAsync(ReleasedFunction.Alias));
    }

    /// <remarks>LocalStack's community edition has no Application Auto Scaling.</remarks>
    [Fact]
    [Targets(Target.Local, Target.Aws)]
    [Claim("C8")]
    public async Task An_alias_is_scaled_by_a_metric_with_two_alarms_and_by_a_schedule()
    {
        await using var function = new ReleasedFunction(stack);
        await function.CreateAliasAsync(await function.PublishAsync());
        await function.ScaleAsync(
            "RegisterScalableTarget", new JsonObject { ["MinCapacity"] = 0, ["MaxCapacity"] = 2 });

        var policy = await function.ScaleAsync("PutScalingPolicy", new JsonObject
        {
            ["PolicyName"] = "story",
            ["PolicyType"] = "TargetTrackingScaling",
            ["TargetTrackingScalingPolicyConfiguration"] = new JsonObject
            {
                ["TargetValue"] = 0.7,
                ["PredefinedMetricSpecification"] = new JsonObject
                {
                    ["PredefinedMetricType"] = "LambdaProvisionedConcurrencyUtilization",
                },
            },
        });
        await function.ScaleAsync("PutScheduledAction", new JsonObject
        {
            ["ScheduledActionName"] = "story",
            ["Schedule"] = "cron(0 8 * * ? *)",
            ["ScalableTargetAction"] = new JsonObject { ["MinCapacity"] = 1 },
        });

        Assert.Equal(["AlarmHigh", "AlarmLow"], policy["Alarms"]!.AsArray()
            .Select(alarm => ((string)alarm!["AlarmName"]!).Replace(
                $"TargetTracking-{function.ScalableResource}-", "", StringComparison.Ordinal).Split('-')[0])
            .Order(StringComparer.Ordinal));
        var actions = await function.ScaleAsync("DescribeScheduledActions", []);
        Assert.Equal("cron(0 8 * * ? *)", (string?)Assert.Single(actions["ScheduledActions"]!.AsArray())!["Schedule"]);
        await function.ScaleAsync("DeregisterScalableTarget", []);
        actions = await function.ScaleAsync("DescribeScheduledActions", []);
        Assert.Empty(actions["ScheduledActions"]!.AsArray());
    }

    // An update of an alias takes effect a moment later.
    private Task RunsAsync(ReleasedFunction function, params string[] versions)
    {
        var wanted = string.Join(", ", versions.Order(StringComparer.Ordinal));
        return stack.UntilAsync(
            async () => string.Join(", ", (await function.VersionsAsync(Calls)).Order(StringComparer.Ordinal)),
            seen => seen == wanted);
    }
}
