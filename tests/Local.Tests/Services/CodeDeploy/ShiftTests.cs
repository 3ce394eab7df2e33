using Isobar.Local.History;
using Isobar.Local.Services;
using Isobar.Local.Services.CodeDeploy;

namespace Isobar.Local.Tests.Services.CodeDeploy;

/// <summary>How traffic moves, and what sends it back.</summary>
public sealed class ShiftTests
{
    private static readonly AliasRouting Old = new("1");
    private static readonly AliasRouting New = new("2");

    [Fact]
    public async Task A_canary_gives_a_tenth_to_the_new_version_and_after_its_interval_everything()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync();

        var id = await deploy.BeginAsync();
        Assert.Equal(("InProgress", new AliasRouting("1", "2", 0.1)), (await deploy.StatusAsync(id), Last(deploy)));
        Assert.Equal(["Succeeded", "InProgress", "Pending"], await deploy.EventsAsync(id));
        await deploy.JumpAsync(TimeSpan.FromMinutes(4));
        Assert.Equal("InProgress", await deploy.StatusAsync(id));
        await deploy.JumpAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(("Succeeded", New), (await deploy.StatusAsync(id), Last(deploy)));
        Assert.Equal(["Succeeded", "Succeeded", "Succeeded"], await deploy.EventsAsync(id));
        Assert.Equal(2, deploy.Aliases.Routings.Count);
    }

    [Fact]
    public async Task A_linear_deployment_moves_the_same_share_at_each_interval()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync(
            "CodeDeployDefault.LambdaLinear10PercentEvery1Minute");

        var id = await deploy.BeginAsync();
        for (var minute = 1; minute < 10; minute++)
        {
            Assert.Equal("InProgress", await deploy.StatusAsync(id));
            await deploy.JumpAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("Succeeded", await deploy.StatusAsync(id));
        Assert.Equal(
            [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0], deploy.Aliases.Routings.Select(each => each.Weight));
        Assert.Equal(New, Last(deploy));
    }

    [Fact]
    public async Task All_at_once_is_one_step()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync("CodeDeployDefault.LambdaAllAtOnce");

        var id = await deploy.BeginAsync();

        Assert.Equal(("Succeeded", New), (await deploy.StatusAsync(id), Assert.Single(deploy.Aliases.Routings)));
    }

    [Fact]
    public async Task An_alarm_stops_the_deployment_and_sends_all_traffic_back_at_once()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync(alarms: ["errors", "slow"]);
        var id = await deploy.BeginAsync();
        await deploy.JumpAsync(TimeSpan.FromMinutes(1));

        deploy.Alarms.Set("errors", AlarmState.Alarm);

        Assert.Equal(("Stopped ALARM_ACTIVE", Old), (await deploy.StatusAsync(id), Last(deploy)));
        Assert.Equal(["Succeeded", "Failed", "Skipped"], await deploy.EventsAsync(id));
        var stopped = await deploy.GetAsync(id);
        Assert.Equal("One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, "
            + "and the affected deployments have been stopped. Activated alarms: <errors>",
            stopped.GetProperty("errorInformation").GetProperty("message").GetString());
        var back = stopped.GetProperty("rollbackInfo").GetProperty("rollbackDeploymentId").GetString()!;
        Assert.Equal($"Deployment {id} terminated. Automatic rollback is triggered with a DeploymentId {back}.",
            stopped.GetProperty("rollbackInfo").GetProperty("rollbackMessage").GetString());
        Assert.Equal("Succeeded", await deploy.StatusAsync(back));
        Assert.Equal(["Succeeded", "Succeeded", "Succeeded"], await deploy.EventsAsync(back));
        var rollback = await deploy.GetAsync(back);
        Assert.Equal("codeDeployRollback", rollback.GetProperty("creator").GetString());
        Assert.Equal($"Deployment {back} is triggered to roll back deployment {id}.",
            rollback.GetProperty("rollbackInfo").GetProperty("rollbackMessage").GetString());

        // Nothing of the stopped deployment is left to come.
        await deploy.JumpAsync(TimeSpan.FromHours(2));
        Assert.Equal(Old, Last(deploy));
        Assert.Contains(deploy.World.Journal.After(0).Select(entry => entry.Fact).OfType<DeploymentEnded>(),
            fact => fact is { Status: "Stopped", ErrorCode: "ALARM_ACTIVE" } && fact.RolledBackBy == back);
    }

    [Fact]
    public async Task An_alarm_that_is_active_before_stops_the_deployment_before_any_traffic_moves()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync(alarms: "errors");
        deploy.Alarms.Set("errors", AlarmState.Alarm);

        var id = await deploy.BeginAsync();

        Assert.Equal("Stopped ALARM_ACTIVE", await deploy.StatusAsync(id));
        Assert.Empty(deploy.Aliases.Routings);
        Assert.Equal(["Failed", "Skipped", "Skipped"], await deploy.EventsAsync(id));
    }

    [Fact]
    public async Task An_alarm_that_does_not_exist_can_not_be_watched()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync(alarms: "errors");
        deploy.Alarms.Delete(Arn.TryParse("arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors")!);

        Assert.Equal("Stopped ALARM_ACTIVE", await deploy.StatusAsync(await deploy.BeginAsync()));
    }

    [Theory]
    [InlineData("true", "1", null)]
    [InlineData("false", "1", "2")]
    public async Task A_stopped_deployment_is_rolled_back_only_where_that_is_wanted(
        string rollBack, string version, string? additional)
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync();
        var id = await deploy.BeginAsync();

        await deploy.OkAsync(
            "StopDeployment", $$"""{"deploymentId":"{{id}}","autoRollbackEnabled":{{rollBack}}}""");

        Assert.Equal("Stopped MANUAL_STOP", await deploy.StatusAsync(id));
        Assert.Equal((version, additional), (Last(deploy).Version, Last(deploy).Additional));
        Assert.Equal("DeploymentAlreadyCompletedException",
            await deploy.ErrorAsync("StopDeployment", $$"""{"deploymentId":"{{id}}"}"""));
    }

    [Fact]
    public async Task An_alias_at_another_version_than_the_revision_says_fails_the_deployment()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync();
        deploy.Aliases.Put("function:reader:live", "7");

        var id = await deploy.BeginAsync();

        Assert.Equal("Failed INVALID_LAMBDA_CONFIGURATION", await deploy.StatusAsync(id));
        Assert.Empty(deploy.Aliases.Routings);
    }

    [Fact]
    public async Task A_shift_that_the_alias_refuses_fails_the_deployment()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync();
        deploy.Aliases.Refuses = routing => routing.Additional is not null;

        var id = await deploy.BeginAsync();

        Assert.Equal(("Failed INVALID_LAMBDA_CONFIGURATION", Old), (await deploy.StatusAsync(id), Last(deploy)));
    }

    [Fact]
    public async Task A_group_has_one_deployment_at_a_time()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync();
        await deploy.BeginAsync();

        Assert.Equal("DeploymentLimitExceededException",
            await deploy.ErrorAsync("CreateDeployment", CodeDeployOnPortZero.Request()));
    }

    [Fact]
    public async Task A_move_that_a_stack_asks_for_ends_with_its_deployment()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync(alarms: "errors");
        var group = Arn.TryParse("arn:aws:codedeploy:us-east-1:000000000000:deploymentgroup:app/group")!;
        var move = new AliasMove(
            Arn.TryParse("arn:aws:lambda:us-east-1:000000000000:function:reader:live")!, "1", "2", null, null);
        var good = deploy.Module.MoveAsync(group, move, TestContext.Current.CancellationToken);
        Assert.False(good.IsCompleted);
        await deploy.JumpAsync(TimeSpan.FromMinutes(5));
        Assert.Null(await good);

        var bad = deploy.Module.MoveAsync(
            group, move with { CurrentVersion = "2", TargetVersion = "3" }, TestContext.Current.CancellationToken);
        deploy.Alarms.Set("errors", AlarmState.Alarm);

        Assert.Matches("^d-[0-9A-Z]{9} failed. One or more alarms have been activated", await bad);
        Assert.Equal(New, Last(deploy));
    }

    private static AliasRouting Last(CodeDeployOnPortZero deploy) => deploy.Aliases.Routings.LastOrDefault() ?? Old;
}
