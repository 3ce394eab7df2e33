using Isobar.Stories.Platform;

namespace Isobar.Stories.Claims;

/// <summary>A function and its layer, deployed again when one of them has changed.</summary>
public sealed class LayerDeploymentStories
{
    private const string Resources = """
          ContentLayer: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: layers/content}}
          ProbeFunction:
            Type: AWS::Serverless::Function
            Properties: {CodeUri: functions/Own, Handler: Probe, Runtime: dotnet10, Layers: [!Ref ContentLayer]}

        """;

    [Fact]
    [Claim("Y4")]
    public async Task A_change_of_a_function_leaves_its_layer_as_it_is_and_the_other_way_round()
    {
        using var checkout = new ProbeCheckout();
        checkout.WithFunction("Own", "more", new byte[1_000]).WithContent("content", "library", new byte[1_000_000]);
        var first = await DeployAsync(checkout);
        checkout.WithFunction("Own", "more", new byte[1_001]);
        var function = await DeployAsync(checkout);
        checkout.WithContent("content", "library", new byte[1_000_001]);
        var layer = await DeployAsync(checkout);

        Assert.NotEqual(first.Code, function.Code);
        Assert.Equal((first.CodeBytes + 1, 1_000_000), (function.CodeBytes, function.LayerBytes));
        Assert.Equal(function.Code, layer.Code);
        Assert.Equal((function.CodeBytes, 1_000_001), (layer.CodeBytes, layer.LayerBytes));
        Measured.Write(
            "Y4", $"the function is deployed again with {Numbers.Bytes(function.CodeBytes)}, its layer has "
            + $"{Numbers.Bytes(function.LayerBytes)} more");
    }

    private static async Task<(string Code, long CodeBytes, long LayerBytes)> DeployAsync(ProbeCheckout checkout)
    {
        await using var stack = await ProbeStack.StartAsync(Resources, checkout.Root);
        var function = await stack.Stack.Calls.LambdaAsync(
            HttpMethod.Get, $"/2015-03-31/functions/{stack.Stack.NameOf("ProbeFunction")}/configuration");
        var layer = function["Layers"]!.AsArray().Single()!;
        return ((string)function["CodeSha256"]!, (long)function["CodeSize"]!, (long)layer["CodeSize"]!);
    }
}
