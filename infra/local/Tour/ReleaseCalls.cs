using System.Text.Json.Nodes;

namespace Isobar.Local.Tour;

/// <summary>What releases one function: calls of Lambda's API and of CodeDeploy's.</summary>
/// <param name="function">Its logical id in the template; its alias is <c>live</c>.</param>
internal sealed class ReleaseCalls(LocalHost host, SignedCalls calls, string function)
{
    private readonly string name = NameOf(host, function);

    /// <summary>Changes the function's variables and publishes a version of it.</summary>
    /// <returns>Its number.</returns>
    public async Task<string> PublishAsync(
        string description, Action<JsonObject> change, CancellationToken cancellationToken)
    {
        var current = await LambdaAsync(HttpMethod.Get, "configuration", null, cancellationToken);
        var variables = current["Environment"]!["Variables"]!.DeepClone().AsObject();
        change(variables);
        await LambdaAsync(HttpMethod.Put, "configuration", new JsonObject
        {
            ["Description"] = description,
            ["Environment"] = new JsonObject { ["Variables"] = variables },
        }, cancellationToken);
        return (string)(await LambdaAsync(HttpMethod.Post, "versions", [], cancellationToken))["Version"]!;
    }

    /// <summary>Points the alias to a version.</summary>
    public Task<JsonNode> PointAsync(string version, CancellationToken cancellationToken) => LambdaAsync(
        HttpMethod.Put, "aliases/live", new JsonObject { ["FunctionVersion"] = version }, cancellationToken);

    /// <summary>The version that the alias names first, and the share of the second.</summary>
    public async Task<(string Version, double Share)> AliasAsync(CancellationToken cancellationToken)
    {
        var alias = await LambdaAsync(HttpMethod.Get, "aliases/live", null, cancellationToken);
        var weights = alias["RoutingConfig"]?["AdditionalVersionWeights"]?.AsObject();
        return ((string)alias["FunctionVersion"]!, weights is { Count: > 0 } ? (double)weights.First().Value! : 0);
    }

    /// <summary>Begins to move the alias, as the template's deployment group says.</summary>
    /// <returns>The deployment's id.</returns>
    public async Task<string> BeginAsync(string from, string to, CancellationToken cancellationToken)
    {
        var spec = new JsonObject
        {
            ["version"] = "0.0",
            ["Resources"] = new JsonArray(new JsonObject
            {
                [function] = new JsonObject
                {
                    ["Type"] = "AWS::Lambda::Function",
                    ["Properties"] = new JsonObject
                    {
                        ["Name"] = name, ["Alias"] = "live", ["CurrentVersion"] = from, ["TargetVersion"] = to,
                    },
                },
            }),
        };
        return (string)(await DeployAsync("CreateDeployment", new JsonObject
        {
            ["applicationName"] = NameOf(host, "ServerlessDeploymentApplication"),
            ["deploymentGroupName"] = NameOf(host, $"{function}DeploymentGroup"),
            ["revision"] = new JsonObject
            {
                ["revisionType"] = "AppSpecContent",
                ["appSpecContent"] = new JsonObject { ["content"] = spec.ToJsonString() },
            },
        }, cancellationToken))["deploymentId"]!;
    }

    /// <summary>A deployment's status, with the code of its error when it has one.</summary>
    public async Task<string> StatusAsync(string id, CancellationToken cancellationToken)
    {
        var shown = (await DeployAsync(
            "GetDeployment", new JsonObject { ["deploymentId"] = id }, cancellationToken))["deploymentInfo"]!;
        return $"{shown["status"]} {shown["errorInformation"]?["code"]}".TrimEnd();
    }

    private static string NameOf(LocalHost host, string logicalId) =>
        host.Stack.Resources.First(resource => resource.LogicalId == logicalId).PhysicalId;

    private Task<JsonNode> LambdaAsync(
        HttpMethod method, string what, JsonObject? body, CancellationToken cancellationToken) =>
        calls.LambdaAsync(method, $"/2015-03-31/functions/{name}/{what}", body, cancellationToken);

    private Task<JsonNode> DeployAsync(string action, JsonObject body, CancellationToken cancellationToken) =>
        calls.JsonAsync("codedeploy", $"CodeDeploy_20141006.{action}", body, cancellationToken);
}
