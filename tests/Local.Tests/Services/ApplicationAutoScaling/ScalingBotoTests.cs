using System.Text.Json.Nodes;
using Isobar.Local.Tests.Lambda.Control;

namespace Isobar.Local.Tests.Services.ApplicationAutoScaling;

/// <summary>A client that nobody here wrote: boto3, where this machine has it.</summary>
public sealed class ScalingBotoTests
{
    [Fact]
    [Claim("C8")]
    public async Task Boto3_scales_provisioned_concurrency()
    {
        await using var world = await ScalingWorld.StartAsync();

        var seen = await BotoTests.RunAsync(
            world.Lambda.Address, "Services", "ApplicationAutoScaling", "scaling.py");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {"put":["IN_PROGRESS",2],"raised":3,"listed":["arn:aws:lambda:us-east-1:000000000000:function:echo:live"],
            "alarms":2,"targets":[["function:echo:live",3,9]],"policies":[["track",0.7]],
            "actions":[["cron(0 7 ? * MON-FRI *)","Europe/Berlin",2030,{"MinCapacity":5}]],
            "activities":[["Setting desired capacity to 3.","Successful"]],
            "again":["ObjectNotFoundException",400],"unregistered":["ObjectNotFoundException",400],
            "gone":["ProvisionedConcurrencyConfigNotFoundException",404]}
            """), seen), seen.ToJsonString());
        Assert.Empty(world.Alarms.All);
    }
}
