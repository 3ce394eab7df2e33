using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Services.CodeDeploy;

public sealed class ResourceTests
{
    [Fact]
    public async Task A_template_makes_a_configuration_of_its_own_and_a_group_that_uses_it()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync();

        var stack = await deploy.DeployAsync("""
            Resources:
              Slowly:
                Type: AWS::CodeDeploy::DeploymentConfig
                Properties:
                  ComputePlatform: Lambda
                  TrafficRoutingConfig:
                    Type: TimeBasedLinear
                    TimeBasedLinear: {LinearPercentage: 30, LinearInterval: 7}
              Own:
                Type: AWS::CodeDeploy::DeploymentGroup
                Properties:
                  ApplicationName: app
                  DeploymentConfigName: !Ref Slowly
                  ServiceRoleArn: arn:aws:iam::000000000000:role/deployer
                  DeploymentStyle: {DeploymentType: BLUE_GREEN, DeploymentOption: WITH_TRAFFIC_CONTROL}
                  TriggerConfigurations: []
            """);

        var config = (await deploy.OkAsync("GetDeploymentConfig",
            $$"""{"deploymentConfigName":"{{stack.Resources[0].Reference}}"}""")).GetProperty("deploymentConfigInfo");
        Assert.Equal("""{"type":"TimeBasedLinear","timeBasedLinear":{"linearPercentage":30,"linearInterval":7}}""",
            config.GetProperty("trafficRoutingConfig").GetRawText());
        var group = (await deploy.OkAsync("GetDeploymentGroup",
            $$"""{"applicationName":"app","deploymentGroupName":"{{stack.Resources[1].Reference}}"}"""))
            .GetProperty("deploymentGroupInfo");
        Assert.Equal(stack.Resources[0].Reference, group.GetProperty("deploymentConfigName").GetString());
        Assert.Equal("TriggerConfigurations", Assert.Single(stack.Inert).Property);
        var groups = await deploy.OkAsync("ListDeploymentGroups", """{"applicationName":"app"}""");
        Assert.Equal(2, groups.GetProperty("deploymentGroups").GetArrayLength());
    }

    [Theory]
    [InlineData("Application", "{}", "ComputePlatform must be Lambda here")]
    [InlineData("DeploymentGroup", "{ApplicationName: app}", "property ServiceRoleArn is required")]
    [InlineData("DeploymentGroup", "{ApplicationName: app, ServiceRoleArn: r}", "DeploymentStyle must be BLUE_GREEN")]
    [InlineData("DeploymentGroup",
        "{ApplicationName: none, ServiceRoleArn: r, DeploymentStyle: {DeploymentType: BLUE_GREEN, DeploymentOption: "
        + "WITH_TRAFFIC_CONTROL}}", "No application found for name: none")]
    [InlineData("DeploymentGroup",
        "{ApplicationName: app, ServiceRoleArn: r, DeploymentConfigName: Canary10Percent, DeploymentStyle: "
        + "{DeploymentType: BLUE_GREEN, DeploymentOption: WITH_TRAFFIC_CONTROL}}",
        "No Deployment Configuration found for name: Canary10Percent")]
    [InlineData("DeploymentConfig",
        "{ComputePlatform: Lambda, TrafficRoutingConfig: {Type: TimeBasedCanary, TimeBasedCanary: {CanaryPercentage: "
        + "100, CanaryInterval: 5}}}", "CanaryPercentage must be an integer from 1 to 99")]
    [InlineData("DeploymentConfig",
        "{ComputePlatform: Lambda, TrafficRoutingConfig: {Type: TimeBasedLinear, TimeBasedLinear: {LinearPercentage: "
        + "1, LinearInterval: 60}}}", "must shift all traffic within 50 hours")]
    public async Task What_CodeDeploy_can_not_do_here_stops_the_deployment(string type, string properties, string why)
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync();

        var refused = await Assert.ThrowsAsync<DeploymentException>(() => deploy.DeployAsync(
            $"Resources: {{Made: {{Type: 'AWS::CodeDeploy::{type}', Properties: {properties}}}}}"));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GetApplication", "{}", "ApplicationNameRequiredException")]
    [InlineData("GetApplication", """{"applicationName":"none"}""", "ApplicationDoesNotExistException")]
    [InlineData("GetDeploymentGroup", """{"applicationName":"app"}""", "DeploymentGroupNameRequiredException")]
    [InlineData("GetDeploymentGroup", """{"applicationName":"app","deploymentGroupName":"none"}""",
        "DeploymentGroupDoesNotExistException")]
    [InlineData("GetDeploymentConfig", """{"deploymentConfigName":"none"}""",
        "DeploymentConfigDoesNotExistException")]
    [InlineData("GetDeployment", "{}", "DeploymentIdRequiredException")]
    [InlineData("GetDeployment", """{"deploymentId":"x"}""", "InvalidDeploymentIdException")]
    [InlineData("GetDeployment", """{"deploymentId":"d-012345678"}""", "DeploymentDoesNotExistException")]
    [InlineData("ListDeployments", """{"includeOnlyStatuses":["Done"]}""", "InvalidDeploymentStatusException")]
    [InlineData("ListApplications", """{"nextToken":"?"}""", "InvalidNextTokenException")]
    [InlineData("CreateDeployment", """{"applicationName":"app","deploymentGroupName":"group"}""",
        "RevisionRequiredException")]
    [InlineData("CreateDeployment", """
        {"applicationName":"app","deploymentGroupName":"group","revision":{"revisionType":"String","string":{"content":
        "version: 0.0"}}}
        """, "InvalidRevisionException")]
    [InlineData("CreateDeployment", """
        {"applicationName":"app","deploymentGroupName":"group","revision":{"revisionType":"String","string":{"content":
        "{"}}}
        """, "InvalidRevisionException")]
    [InlineData("CreateDeployment", """{"applicationName":"app","fileExistsBehavior":"RETAIN"}""",
        "ValidationException")]
    [InlineData("CreateApplication", """{"applicationName":"new"}""", "ValidationException")]
    [InlineData("CreateApplication", """{"applicationName":"app","computePlatform":"Lambda"}""",
        "ApplicationAlreadyExistsException")]
    public async Task A_request_that_can_not_be_answered_gets_AWSs_error(string operation, string body, string code)
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync();

        Assert.Equal(code, await deploy.ErrorAsync(operation, body));
    }

    [Fact]
    public async Task Deployments_are_listed_the_newest_first_and_a_page_at_a_time()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync("CodeDeployDefault.LambdaAllAtOnce");
        deploy.Aliases.Put("function:reader:live", "9");
        var ids = new List<string>();
        for (var i = 0; i < 51; i++) ids.Add(await deploy.BeginAsync());

        // Each has failed, and with it came its rollback.
        var first = await deploy.OkAsync("ListDeployments", """{"applicationName":"app"}""");
        var second = await deploy.OkAsync(
            "ListDeployments", $$"""{"nextToken":"{{first.GetProperty("nextToken").GetString()}}"}""");

        Assert.Equal(100, first.GetProperty("deployments").GetArrayLength());
        Assert.Equal(2, second.GetProperty("deployments").GetArrayLength());
        Assert.False(second.TryGetProperty("nextToken", out _));
        var failed = await deploy.OkAsync("ListDeployments", """{"includeOnlyStatuses":["Failed"]}""");
        Assert.Equal(ids.AsEnumerable().Reverse(),
            failed.GetProperty("deployments").EnumerateArray().Select(id => id.GetString()!));
    }
}
