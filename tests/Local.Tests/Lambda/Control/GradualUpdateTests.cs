using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Services;
using Isobar.Local.Services.CodeDeploy;
using Isobar.Local.Tests.Deployment;
using Isobar.Local.Tests.Services.CodeDeploy;

namespace Isobar.Local.Tests.Lambda.Control;

/// <summary>An update of a stack moves an alias with an update policy by a deployment, and waits for it.</summary>
public sealed class GradualUpdateTests
{
    private const string Alias = "/2015-03-31/functions/reader/aliases/live";

    [Fact]
    public async Task The_first_deployment_moves_at_once_and_an_update_waits_until_all_traffic_has_moved()
    {
        await using var stack = await StackInUpdate.StartAsync();
        Assert.Equal(("1", null), await stack.AliasAsync());
        Assert.DoesNotContain(stack.Lambda.World.Journal.After(0), entry => entry.Fact is TrafficShifted);

        var update = stack.UpdateAsync(version: 2);
        await stack.Lambda.FactAsync<TrafficShifted>(fact => fact.Percent < 100);
        Assert.Equal(("1", "2"), await stack.AliasAsync());
        Assert.False(update.IsCompleted);
        stack.Lambda.World.Clock.JumpBy(TimeSpan.FromMinutes(5));

        Assert.Null((await update).Failure);
        Assert.Equal(("2", null), await stack.AliasAsync());
    }

    [Fact]
    public async Task A_deployment_that_is_rolled_back_makes_the_update_fail_and_roll_back()
    {
        await using var stack = await StackInUpdate.StartAsync();

        var update = stack.UpdateAsync(version: 2);
        await stack.Lambda.FactAsync<TrafficShifted>(fact => fact.Percent < 100);
        stack.Alarms.Set("errors", AlarmState.Alarm);
        var outcome = await update;

        Assert.Matches("Resource handler returned message: \"d-[0-9A-Z]{9} failed. One or more alarms have been "
            + "activated .* Activated alarms: <errors>\"", outcome.Failure!.Message);
        Assert.Equal(StackStatus.RollbackComplete, outcome.Stack.Status);
        Assert.Equal(("1", null), await stack.AliasAsync());
        var latest = await stack.Lambda.SendAsync(HttpMethod.Get, "/2015-03-31/functions/reader/configuration");
        Assert.Equal(1, (int)latest.Json["Timeout"]!);
    }

    [Fact]
    [Claim("V1")]
    public async Task A_version_keeps_its_code_and_settings_when_an_update_brings_other_code()
    {
        await using var stack = await StackInUpdate.StartAsync();
        var before = await ConfigurationAsync("1");
        await File.WriteAllTextAsync(
            Path.Combine(stack.Lambda.CodeFolder, "Echo.dll"), "other code", TestContext.Current.CancellationToken);

        var update = stack.UpdateAsync(version: 2);
        await stack.Lambda.FactAsync<TrafficShifted>(fact => fact.Percent < 100);
        stack.Lambda.World.Clock.JumpBy(TimeSpan.FromMinutes(5));
        Assert.Null((await update).Failure);

        Assert.Equal(before, await ConfigurationAsync("1"));
        var (code, timeout) = await ConfigurationAsync("2");
        Assert.NotEqual(before.Code, code);
        Assert.Equal(2, timeout);

        async Task<(string Code, int Timeout)> ConfigurationAsync(string version)
        {
            var shown = (await stack.Lambda.SendAsync(
                HttpMethod.Get, $"/2015-03-31/functions/reader/configuration?Qualifier={version}")).Json;
            return ((string)shown["CodeSha256"]!, (int)shown["Timeout"]!);
        }
    }

    private sealed class StackInUpdate : IAsyncDisposable
    {
        private static readonly StackIdentity Identity = new(
            "gradual", $"arn:aws:cloudformation:us-east-1:{LambdaOnPortZero.Account}:stack/gradual/1",
            LambdaOnPortZero.Account, "us-east-1", "aws");

        private readonly IResourceProvider[] providers;
        private DeployedStack? deployed;

        private StackInUpdate(LambdaOnPortZero lambda, CodeDeployModule deployments)
        {
            Lambda = lambda;
            providers = [.. lambda.Module.Providers, .. deployments.Providers];
            Alarms.Set("errors", AlarmState.Ok);
            lambda.World.Directory.Add(Alarms);
        }

        public LambdaOnPortZero Lambda { get; }

        public StubAlarms Alarms { get; } = new();

        public static async Task<StackInUpdate> StartAsync()
        {
            CodeDeployModule? deployments = null;
            var lambda = await LambdaOnPortZero.StartAsync(
                LambdaOnPortZero.Function("Other", "other"),
                world => [deployments = new CodeDeployModule(world.Context)]);
            var started = new StackInUpdate(lambda, deployments!);
            started.deployed = await StackDeployment.DeployAsync(
                Template(1), ParameterProfile.Empty, Identity, started.providers, HostTemplateParts.All,
                lambda.World.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
            return started;
        }

        public async Task<UpdateOutcome> UpdateAsync(int version)
        {
            var table = new ProviderTable(providers, HostTemplateParts.All);
            var plan = UpdatePlan.Prepare(
                deployed!, Template(version), ParameterProfile.Empty, table, HostTemplateParts.All);
            var outcome = await new StackUpdate(plan, table, Lambda.World.Clock.GetUtcNow, _ => { })
                .RunAsync(TestContext.Current.CancellationToken);
            deployed = outcome.Stack;
            return outcome;
        }

        /// <summary>The version of the alias, and the one that shares its traffic.</summary>
        public async Task<(string Version, string? Second)> AliasAsync()
        {
            var alias = (await Lambda.SendAsync(HttpMethod.Get, Alias)).Json;
            return ((string)alias["FunctionVersion"]!,
                alias["RoutingConfig"]?["AdditionalVersionWeights"]?.AsObject().Select(pair => pair.Key)
                    .FirstOrDefault());
        }

        public ValueTask DisposeAsync() => Lambda.DisposeAsync();

        private static TemplateSource Template(int version) => new("template.yaml", "Resources:\n"
            + LambdaOnPortZero.Function("Reader", "reader", $"      Timeout: {version}") + $$"""
              Version{{version}}:
                Type: AWS::Lambda::Version
                DeletionPolicy: Retain
                UpdateReplacePolicy: Retain
                Properties: {FunctionName: !Ref Reader}
              Live:
                Type: AWS::Lambda::Alias
                Properties: {Name: live, FunctionName: !Ref Reader, FunctionVersion: !GetAtt Version{{version}}.Version}
                UpdatePolicy:
                  CodeDeployLambdaAliasUpdate: {ApplicationName: !Ref Application, DeploymentGroupName: !Ref Group}
              Application:
                Type: AWS::CodeDeploy::Application
                Properties: {ComputePlatform: Lambda}
              Group:
                Type: AWS::CodeDeploy::DeploymentGroup
                Properties:
                  ApplicationName: !Ref Application
                  DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent5Minutes
                  ServiceRoleArn: arn:aws:iam::000000000000:role/deployer
                  AlarmConfiguration: {Enabled: true, Alarms: [{Name: errors}]}
                  AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_STOP_ON_ALARM]}
                  DeploymentStyle: {DeploymentType: BLUE_GREEN, DeploymentOption: WITH_TRAFFIC_CONTROL}
            """);
    }
}
