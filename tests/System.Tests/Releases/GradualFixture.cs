using System.Text.Json.Nodes;
using Isobar.Stories.Claims;

namespace Isobar.Stories.Releases;

/// <summary>A function whose alias is moved by a canary that an alarm on its errors watches.</summary>
public sealed class GradualFixture : ProbeFixture
{
    private protected override string Resources =>
        Function("Reader", "AutoPublishAlias: live, DeploymentPreference: "
            + "{Type: Canary10Percent5Minutes, Alarms: [!Ref ReaderErrors]}")
        + """
          ReaderErrors:
            Type: AWS::CloudWatch::Alarm
            Properties:
              Namespace: AWS/Lambda
              MetricName: Errors
              Dimensions:
                - {Name: FunctionName, Value: !Ref Reader}
                - {Name: Resource, Value: !Sub '${Reader}:live'}
              Statistic: Sum
              Period: 60
              EvaluationPeriods: 1
              Threshold: 1
              ComparisonOperator: GreaterThanOrEqualToThreshold
              TreatMissingData: notBreaching

        """;

    internal string Reader => Stack.Stack.NameOf("Reader");

    /// <summary>Publishes a version that answers every event, or none.</summary>
    /// <returns>Its number.</returns>
    internal async Task<string> PublishAsync(bool fails)
    {
        var function = $"/2015-03-31/functions/{Reader}";
        await Stack.Stack.Calls.LambdaAsync(HttpMethod.Put, function + "/configuration", new JsonObject
        {
            ["Description"] = fails ? "fails" : "works",
            ["Environment"] = new JsonObject
            {
                ["Variables"] = new JsonObject
                {
                    ["PROBE_EVENT"] = fails ? """{"do":"throw"}""" : """{"do":"count"}""",
                    ["PUBLISHED"] = Guid.NewGuid().ToString(),
                },
            },
        });
        return (string)(await Stack.Stack.Calls.LambdaAsync(
            HttpMethod.Post, function + "/versions", new JsonObject()))["Version"]!;
    }

    /// <summary>Begins to move the alias, as the template's deployment group says.</summary>
    /// <returns>The deployment's id.</returns>
    internal async Task<string> BeginAsync(string from, string to)
    {
        var spec = new JsonObject
        {
            ["version"] = "0.0",
            ["Resources"] = new JsonArray(new JsonObject
            {
                ["Reader"] = new JsonObject
                {
                    ["Type"] = "AWS::Lambda::Function",
                    ["Properties"] = new JsonObject
                    {
                        ["Name"] = Reader, ["Alias"] = "live", ["CurrentVersion"] = from, ["TargetVersion"] = to,
                    },
                },
            }),
        };
        return (string)(await Stack.Stack.Calls.DeployAsync("CreateDeployment", new JsonObject
        {
            ["applicationName"] = Stack.Stack.NameOf("ServerlessDeploymentApplication"),
            ["deploymentGroupName"] = Stack.Stack.NameOf("ReaderDeploymentGroup"),
            ["revision"] = new JsonObject
            {
                ["revisionType"] = "AppSpecContent",
                ["appSpecContent"] = new JsonObject { ["content"] = spec.ToJsonString() },
            },
        }))["deploymentId"]!;
    }

    /// <summary>A deployment as CodeDeploy shows it.</summary>
    internal async Task<JsonNode> DeploymentAsync(string id) => (await Stack.Stack.Calls.DeployAsync(
        "GetDeployment", new JsonObject { ["deploymentId"] = id }))["deploymentInfo"]!;

    /// <summary>The version to which the alias sends everything; null while it shares.</summary>
    internal async Task<string?> VersionAsync()
    {
        var alias = await Stack.Stack.Calls.LambdaAsync(
            HttpMethod.Get, $"/2015-03-31/functions/{Reader}/aliases/live");
        return alias["RoutingConfig"]?["AdditionalVersionWeights"]?.AsObject() is { Count: > 0 }
            ? null
            : (string?)alias["FunctionVersion"];
    }

    /// <summary>Invokes the alias.</summary>
    internal async Task<Answered> CallAsync()
    {
        using var answer = await Stack.Stack.Calls.InvokeAsync($"{Reader}:live", "1", "RequestResponse");
        return new Answered(
            answer.Headers.GetValues("X-Amz-Executed-Version").Single(),
            answer.Headers.Contains("X-Amz-Function-Error"));
    }

    /// <summary>Invokes the alias a number of times, four at a time.</summary>
    internal async Task<IReadOnlyList<Answered>> CallAsync(int calls)
    {
        const int callers = 4;
        var answers = await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            var own = new List<Answered>();
            for (var call = 0; call < calls / callers; call++) own.Add(await CallAsync());
            return own;
        }));
        return [.. answers.SelectMany(own => own)];
    }
}

/// <summary>What came back from one call.</summary>
/// <param name="Version">That ran.</param>
/// <param name="Failed">Whether the function failed.</param>
internal sealed record Answered(string Version, bool Failed);
