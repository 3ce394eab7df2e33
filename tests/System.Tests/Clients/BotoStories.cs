using System.Text.Json.Nodes;

namespace Isobar.Stories.Clients;

/// <summary>boto3 against a host that is up.</summary>
/// <remarks>Not on AWS, where it would show nothing of this repository's.</remarks>
[Collection(OneStack.Name)]
public sealed class BotoStories(ClientHost host) : IClassFixture<ClientHost>
{
    [Fact]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task Boto3_uses_the_stack_as_it_would_on_AWS()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Clients", "boto.py");
        var seen = JsonNode.Parse(await host.RunAsync("python3", script))!;

        Assert.Equal("""
            {"copied":true,"presigned":true,"range":"010203","body":"hello","left":[],"rows":7,"count":1,
            "refused":"ConditionalCheckFailedException","invoked":[200,null,true],"account":"000000000000"}
            """.ReplaceLineEndings(""), seen.ToJsonString());
    }
}
