using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Isobar.Local.Tests;

namespace Isobar.Stories.Clients;

/// <summary>
/// The whole life of a function that is not of the stack, led by stock clients alone: it is created, invoked, updated,
/// published, gets an alias with a weight and provisioned concurrency, is looked at in logs and metrics, and deleted.
/// </summary>
/// <remarks>Not on AWS, where it would show nothing of this repository's.</remarks>
[Collection(OneStack.Name)]
public sealed partial class FunctionLifeStories(ClientHost host) : IClassFixture<ClientHost>
{
    // Each look is a run of the command line, which takes about a second.
    private const int MaxLooks = 60;

    private const string Role = "arn:aws:iam::000000000000:role/brought";

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task The_AWS_command_line_leads_the_life_of_a_function_in_dotnet()
    {
        using var function = BroughtFunction.InDotnet("life-dotnet");
        await LiveAsync(function);
    }

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task The_AWS_command_line_leads_the_life_of_a_function_in_JavaScript()
    {
        if (StoryTarget.IsLocal) await NodeRuntimeClient.RequireAsync();
        using var function = BroughtFunction.InJavaScript("life-javascript");
        await LiveAsync(function);
    }

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task The_AWS_SDK_for_JavaScript_leads_the_lives_of_both()
    {
        if (StoryTarget.IsLocal) await NodeRuntimeClient.RequireAsync();
        using var dotnet = BroughtFunction.InDotnet("sdk-dotnet");
        using var script = BroughtFunction.InJavaScript("sdk-javascript");
        foreach (var function in (BroughtFunction[])[dotnet, script])
        {
            var seen = await JavaScriptClient.RunAsync(
                "Clients/life.mjs", host.Address, function.Name, function.Runtime, function.Handler, Role,
                function.First, function.Second, BroughtFunction.Read, BroughtFunction.Describe);

            Assert.Equal($$"""
                {"created":"Pending","active":"Active","first":"first","published":"1",
                "updated":"{{function.SecondSha256}}","second":"2","still":"first","weighted":["second","2"],
                "moved":["second","2"],"asked":"IN_PROGRESS","provisioned":"provisioned-concurrency","logged":true,
                "invocations":5,"gone":"ResourceNotFoundException"}
                """.ReplaceLineEndings(""), seen.GetRawText());
        }
    }

    private async Task LiveAsync(BroughtFunction function)
    {
        string[] named = ["--function-name", function.Name];
        await LambdaAsync(["create-function", .. named, "--runtime", function.Runtime, "--handler", function.Handler,
            "--role", Role, "--memory-size", "512", "--timeout", "30", "--zip-file", $"fileb://{function.First}"]);
        await host.RunAsync("aws", ["lambda", "wait", "function-active-v2", .. named]);
        var (first, firstWord) = await InvokeAsync(function, function.Name, function.ReadFile);
        Assert.Equal(("$LATEST", "\"first\""), ((string?)first["ExecutedVersion"], firstWord));

        Assert.Equal("1", (string?)(await LambdaAsync(["publish-version", .. named]))["Version"]);
        var updated = await LambdaAsync(
            ["update-function-code", .. named, "--zip-file", $"fileb://{function.Second}"]);
        Assert.Equal(function.SecondSha256, (string?)updated["CodeSha256"]);
        await host.RunAsync("aws", ["lambda", "wait", "function-updated-v2", .. named]);
        Assert.Equal("2", (string?)(await LambdaAsync(["publish-version", .. named]))["Version"]);

        await LambdaAsync(["create-alias", .. named, "--name", "live", "--function-version", "1",
            "--routing-config", "AdditionalVersionWeights={2=1.0}"]);
        var (weighted, word) = await InvokeAsync(function, $"{function.Name}:live", function.ReadFile);
        Assert.Equal(("2", "\"second\""), ((string?)weighted["ExecutedVersion"], word));
        await LambdaAsync(["update-alias", .. named, "--name", "live", "--function-version", "2",
            "--routing-config", "AdditionalVersionWeights={}"]);
        await ProvisionAsync([.. named, "--qualifier", "live"]);
        var (_, environment) = await InvokeAsync(function, $"{function.Name}:live", function.DescribeFile);
        var variables = JsonNode.Parse(environment)!;
        Assert.Equal(("2", "provisioned-concurrency"), (
            (string?)variables["AWS_LAMBDA_FUNCTION_VERSION"], (string?)variables["AWS_LAMBDA_INITIALIZATION_TYPE"]));

        var requestId = RequestId().Match(Tail(first)).Groups[1].Value;
        await UntilAsync(() => LogAsync(function), log => log.Contains($"REPORT RequestId: {requestId}"));
        await UntilAsync(() => InvocationsAsync(function), invocations => invocations == 3);
        await host.RunAsync("aws", ["lambda", "delete-function", .. named]);
        var (status, _, errors) = await host.TryAsync("aws", ["lambda", "get-function", .. named]);
        Assert.NotEqual(0, status);
        Assert.Contains("(ResourceNotFoundException)", errors, StringComparison.Ordinal);
    }

    private async Task ProvisionAsync(string[] qualified)
    {
        var asked = await LambdaAsync(
            ["put-provisioned-concurrency-config", .. qualified, "--provisioned-concurrent-executions", "1"]);
        Assert.Equal("IN_PROGRESS", (string?)asked["Status"]);
        await UntilAsync(
            async () => (string?)(await LambdaAsync(["get-provisioned-concurrency-config", .. qualified]))["Status"],
            status => status == "READY");
    }

    private async Task<(JsonNode Answer, string Payload)> InvokeAsync(
        BroughtFunction function, string invoked, string payload)
    {
        var answer = await LambdaAsync(["invoke", "--function-name", invoked, "--log-type", "Tail",
            "--payload", $"fileb://{payload}", function.AnswerFile]);
        Assert.Null(answer["FunctionError"]);
        return (answer, await File.ReadAllTextAsync(function.AnswerFile));
    }

    // Version 2 of the command line has a command to tail a log; with version 1 people ask for the events.
    private async Task<string> LogAsync(BroughtFunction function)
    {
        var group = $"/aws/lambda/{function.Name}";
        var (status, output, errors) = await host.TryAsync("aws", "logs", "tail", group);
        if (status == 0) return output;
        return errors.Contains("Invalid choice", StringComparison.OrdinalIgnoreCase)
            ? await host.RunAsync("aws", "logs", "filter-log-events", "--log-group-name", group)
            : errors;
    }

    /// <summary>Of some days around now, as the service's clock may be ahead.</summary>
    private async Task<double> InvocationsAsync(BroughtFunction function)
    {
        var today = TimeProvider.System.GetUtcNow().Date;
        var found = JsonNode.Parse(await host.RunAsync("aws", "cloudwatch", "get-metric-statistics",
            "--namespace", "AWS/Lambda", "--metric-name", "Invocations",
            "--dimensions", $"Name=FunctionName,Value={function.Name}", "--statistics", "Sum",
            "--period", "86400", "--start-time", $"{today:yyyy-MM-dd}T00:00:00Z",
            "--end-time", $"{today.AddDays(2):yyyy-MM-dd}T00:00:00Z", "--output", "json"))!;
        return found["Datapoints"]!.AsArray().Sum(point => (double)point!["Sum"]!);
    }

    private static string Tail(JsonNode answer) =>
        Encoding.UTF8.GetString(Convert.FromBase64String((string)answer["LogResult"]!));

    private async Task<JsonNode> LambdaAsync(string[] arguments) =>
        JsonNode.Parse(await host.RunAsync("aws", ["lambda", .. arguments, "--output", "json"]))!;

    private static async Task UntilAsync<TSeen>(Func<Task<TSeen>> look, Func<TSeen, bool> isIt)
    {
        for (var looks = 1; ; looks++)
        {
            var seen = await look();
            if (isIt(seen)) return;
            Assert.True(looks < MaxLooks, $"Not seen in {MaxLooks} looks, but: {seen}");
        }
    }

    [GeneratedRegex(@"^START RequestId: (\S+)", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RequestId();
}
