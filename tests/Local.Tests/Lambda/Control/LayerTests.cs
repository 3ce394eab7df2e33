using System.Text.Json.Nodes;
using Isobar.Local.Deployment;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Lambda.Control;

/// <summary>Layers from the template to a function, and AWS's refusals.</summary>
public sealed class LayerTests
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:layer:";

    [Fact]
    public async Task Of_two_layers_the_later_one_wins()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        Write(lambda, "first", ("lib/both", "first"), ("lib/own", "own"));
        Write(lambda, "second", ("lib/both", "second"));
        await lambda.DeployAsync(
            Layer("First", "first") + Layer("Second", "second") + Function("[!Ref First, !Ref Second]"));

        var function = await GetAsync(lambda, "/2015-03-31/functions/layered");
        var layers = function["Configuration"]!["Layers"]!.AsArray();
        Assert.Equal([Arn + "first:1", Arn + "second:1"], layers.Select(layer => (string)layer!["Arn"]!));
        Assert.Equal([8, 6], layers.Select(layer => (int)layer!["CodeSize"]!));
        var folder = (await ConfigurationAsync(lambda, "layered")).LayersDirectory!;
        Assert.Equal("second", await File.ReadAllTextAsync(
            Path.Combine(folder, "lib/both"), TestContext.Current.CancellationToken));
        Assert.Equal("own", await File.ReadAllTextAsync(
            Path.Combine(folder, "lib/own"), TestContext.Current.CancellationToken));
        Assert.True(File.GetAttributes(Path.Combine(folder, "lib/own")).HasFlag(FileAttributes.ReadOnly));
    }

    [Fact]
    public async Task A_function_without_layers_has_none()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var function = await GetAsync(lambda, "/2015-03-31/functions/echo");
        Assert.Null(function["Configuration"]!["Layers"]);
        Assert.Null((await ConfigurationAsync(lambda, "echo")).LayersDirectory);
    }

    [Theory]
    [InlineData("[a:1, b:1, c:1, d:1, e:1, f:1]", "Cannot reference more than 5 layers.")]
    [InlineData("[first:1, first:2]", "Two different versions of the same layer are not allowed to be referenced in "
        + "the same function. " + Arn + "first:1 and " + Arn + "first:2 are versions of the same layer.")]
    [InlineData("[first:1, first:1]", "Two different versions of the same layer are not allowed to be referenced in "
        + "the same function. " + Arn + "first:1 and " + Arn + "first:1 are versions of the same layer.")]
    [InlineData("[first:9]", "Layer version " + Arn + "first:9 does not exist.")]
    [InlineData("[none:1]", "Layer version " + Arn + "none:1 does not exist.")]
    [InlineData("[first]", "Value '[" + Arn + "first]' at 'layers' failed to satisfy constraint")]
    public async Task A_list_of_layers_that_AWS_refuses_stops_the_deployment(string layers, string message)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        Write(lambda, "first", ("a", "a"));
        var arns = layers.Trim('[', ']').Split(", ").Select(layer => Arn + layer);
        var error = await Assert.ThrowsAsync<DeploymentException>(() => lambda.DeployAsync(
            Layer("First", "first") + Function($"['{string.Join("', '", arns)}']", "First")));
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public async Task A_layer_of_another_Region_is_refused()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var error = await Assert.ThrowsAsync<DeploymentException>(() => lambda.DeployAsync(
            Function($"['{Arn.Replace("us-east-1", "eu-west-1")}first:1']")));
        Assert.Contains("Layers are not in the same region as the function. "
            + "Layers are expected to be in region us-east-1.", error.Message);
    }

    [Theory]
    [InlineData("layers/unbuilt", "ContentUri layers/unbuilt has not been built: there is nothing in "
        + "artifacts/layers/unbuilt/debug. Run: dotnet build layers/unbuilt -c Debug")]
    [InlineData("layers/absent", "ContentUri layers/absent: there is no such folder")]
    public async Task A_layer_that_is_not_there_stops_the_deployment_and_says_what_to_do(string uri, string message)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        lambda.AddProject("layers/unbuilt");
        var error = await Assert.ThrowsAsync<DeploymentException>(() => lambda.DeployAsync(
            Layer("First", "first").Replace("layers/first", uri)));
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public async Task Function_and_layers_have_less_than_250_MB_together()
    {
        var clock = new ServiceClock(TimeProvider.System, new Activity());
        using var registry = new Monitor<LayerRegistry>("layers", new LayerRegistry(), clock);
        var layers = new FunctionLayers(registry, new CodeStore("/nowhere"));
        registry.Post((state, now) => state.Publish("big", version => new LayerVersion(
            "big", Arn + "big", version, new StoredCode("/nowhere", "", 262_144_000 - 10), "", null, [], [], now)));
        var error = await Assert.ThrowsAsync<AwsException>(async () => await layers.MergeAsync(
            [Arn + "big:1"], "us-east-1", 11, TestContext.Current.CancellationToken));
        Assert.Equal("Unzipped size must be smaller than 262144000 bytes", error.Message);
    }

    [Fact]
    public async Task The_lists_show_layers_and_their_versions()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        Write(lambda, "first", ("a", "a"));
        await lambda.DeployAsync(Layer("First", "first"));
        await lambda.DeployAsync(Layer("First", "first"));

        var layer = Assert.Single((await GetAsync(lambda, "/2018-10-31/layers"))["Layers"]!.AsArray());
        Assert.Equal(Arn + "first", (string?)layer!["LayerArn"]);
        Assert.Equal(Arn + "first:2", (string?)layer["LatestMatchingVersion"]!["LayerVersionArn"]);
        var versions = (await GetAsync(lambda, "/2018-10-31/layers/first/versions"))["LayerVersions"]!.AsArray();
        Assert.Equal([2, 1], versions.Select(version => (int)version!["Version"]!));
        Assert.Empty((await GetAsync(lambda, "/2018-10-31/layers/none/versions"))["LayerVersions"]!.AsArray());
    }

    private static async Task<FunctionConfiguration> ConfigurationAsync(LambdaOnPortZero lambda, string function)
    {
        FunctionConfiguration? configuration = null;
        lambda.Pool.Run = (asked, request) =>
        {
            configuration = asked;
            return ValueTask.FromResult(EnvironmentsInName.Success(request.Payload));
        };
        await lambda.InvokeAsync(function, "{}");
        return configuration!;
    }

    private static void Write(LambdaOnPortZero lambda, string layer, params (string Path, string Text)[] files)
    {
        var folder = Path.Combine(lambda.CodeFolder, "..", "..", "..", "layers", layer, "debug");
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            File.WriteAllText(Path.Combine(folder, path), text);
        }
    }

    private static string Layer(string logicalId, string name) => $$"""
          {{logicalId}}:
            Type: AWS::Lambda::LayerVersion
            Properties: {LayerName: {{name}}, Content: layers/{{name}}}

        """;

    private static string Function(string layers, string? after = null)
    {
        var function = LambdaOnPortZero.Function("Layered", "layered", $"      Layers: {layers}");
        return after is null
            ? function
            : function.Replace("    Properties:", $"    DependsOn: {after}\n    Properties:");
    }

    private static async Task<JsonNode> GetAsync(LambdaOnPortZero lambda, string path) =>
        (await lambda.SendAsync(HttpMethod.Get, path)).Json;
}
