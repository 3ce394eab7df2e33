using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Services.CodeDeploy;

/// <summary>A client that nobody here wrote: boto3, where this machine has it.</summary>
public sealed class BotoTests
{
    [Fact]
    public async Task Boto3_makes_a_group_deploys_waits_stops_and_reads_what_happened()
    {
        await using var deploy = await CodeDeployOnPortZero.StartAsync(
            "CodeDeployDefault.LambdaCanary10Percent5Minutes");

        var seen = await PythonClient.RunAsync("Services/CodeDeploy/deploy.py", deploy.Address);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {"applications":["app","made"],"succeeded":"Succeeded","weight":1.0,
            "events":["Succeeded","Succeeded","Succeeded"],"current":"InProgress","canary":0.1,
            "canaryConfig":{"canaryPercentage":10,"canaryInterval":5},"stopped":["Stopped","MANUAL_STOP"],
            "rolledBack":"codeDeployRollback","missing":"DeploymentDoesNotExistException"}
            """), seen), seen.ToJsonString());
    }
}
