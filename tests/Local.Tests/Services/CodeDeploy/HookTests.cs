using Isobar.Local.Services;

namespace Isobar.Local.Tests.Services.CodeDeploy;

/// <summary>The functions that check a version before and after it gets traffic.</summary>
public sealed class HookTests
{
    private const string Before = """{"BeforeAllowTraffic":"check"}""";
    private const string After = """{"AfterAllowTraffic":"check"}""";

    [Fact]
    public async Task No_traffic_moves_until_the_first_function_approves_and_none_is_kept_if_the_second_does_not()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync("CodeDeployDefault.LambdaAllAtOnce");

        var id = await deploy.BeginAsync(Before, After);
        await deploy.JumpAsync(TimeSpan.FromMinutes(59));
        Assert.Empty(deploy.Aliases.Routings);
        Assert.Equal(200, (await deploy.ReportAsync("Succeeded")).Status);
        Assert.Equal(new AliasRouting("2"), Assert.Single(deploy.Aliases.Routings));
        Assert.Equal(["Succeeded", "Succeeded", "InProgress"], await deploy.EventsAsync(id));
        Assert.Equal(200, (await deploy.ReportAsync("Failed")).Status);

        Assert.Equal("Failed HOOK_EXECUTION_FAILURE", await deploy.StatusAsync(id));
        Assert.Equal(new AliasRouting("1"), deploy.Aliases.Routings.Last());
        Assert.Equal(["function:check", "function:check"], deploy.Functions.Events.Select(each => each.Resource));
        Assert.Equal(400, (await deploy.ReportAsync("Succeeded")).Status);
    }

    [Fact]
    public async Task A_function_that_reports_nothing_fails_the_deployment_after_an_hour()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync();

        var id = await deploy.BeginAsync(Before);
        await deploy.JumpAsync(TimeSpan.FromHours(1));

        Assert.Equal("Failed TIMEOUT", await deploy.StatusAsync(id));
        Assert.Equal(["Failed", "Skipped", "Skipped"], await deploy.EventsAsync(id));
        Assert.Empty(deploy.Aliases.Routings);
    }

    [Fact]
    public async Task A_function_that_is_not_there_fails_the_deployment()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync();
        deploy.Functions.Missing["function:check"] = true;

        var id = await deploy.BeginAsync(Before);
        await deploy.JumpAsync(TimeSpan.Zero);

        Assert.Equal("Failed INVALID_LAMBDA_FUNCTION", await deploy.StatusAsync(id));
    }

    [Theory]
    [InlineData("Skipped", "InvalidLifecycleEventHookExecutionStatusException")]
    [InlineData("Succeeded", "InvalidLifecycleEventHookExecutionIdException")]
    public async Task A_report_that_says_nothing_about_a_function_is_refused(string status, string code)
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync();
        var id = await deploy.BeginAsync(Before);

        Assert.Equal(code, await deploy.ErrorAsync("PutLifecycleEventHookExecutionStatus",
            $$"""{"deploymentId":"{{id}}","lifecycleEventHookExecutionId":"eA==","status":"{{status}}"}"""));
    }
}
