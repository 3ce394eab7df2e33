using System.Text.Json.Nodes;

namespace Isobar.Stories.Clients;

/// <summary>What a function writes, read by the stock AWS command line and by boto3 while the function runs.</summary>
/// <remarks>Not on AWS, where it would show nothing of this repository's.</remarks>
[Collection(OneStack.Name)]
public sealed class LogClientStories(ClientHost host) : IClassFixture<ClientHost>
{
    [Fact]
    public async Task Aws_logs_tail_follows_a_function()
    {
        var (_, _, usage) = await host.TryAsync("aws", "logs", "tail", "none", "--endpoint-url", $"{host.Address}");
        if (usage.Contains("Invalid choice", StringComparison.Ordinal))
            Assert.Skip("The AWS command line here is version 1, which has no `logs tail`.");
        var (function, group) = await FunctionAsync();

        await using var tail = host.Follow(
            "aws", "logs", "tail", group, "--follow", "--endpoint-url", $"{host.Address}");
        for (var i = 0; i < 2; i++)
        {
            var requestId = await InvokeAsync(function);
            await tail.LineAsync(line => IsReport(line, requestId));
        }
    }

    [Fact]
    public async Task Filter_log_events_finds_the_lines_of_a_request_and_get_log_events_its_stream()
    {
        var (function, group) = await FunctionAsync();
        var requestId = await InvokeAsync(function);

        var found = await JsonAsync("logs", "filter-log-events", "--log-group-name", group, "--filter-pattern",
            $$"""{ $.type = "platform.start" && $.record.requestId = "{{requestId}}" }""");
        var start = Assert.Single(found["events"]!.AsArray())!;
        var stream = await JsonAsync("logs", "get-log-events", "--log-group-name", group, "--log-stream-name",
            (string)start["logStreamName"]!, "--start-from-head");

        Assert.Contains((string?)start["message"],
            stream["events"]!.AsArray().Select(line => (string?)line!["message"]));
    }

    [Fact]
    public async Task Boto3_follows_a_function_as_aws_logs_tail_does()
    {
        var (function, group) = await FunctionAsync();
        await using var follow = host.Follow(
            "python3", Path.Combine(AppContext.BaseDirectory, "Clients", "follow.py"), group);
        if (await follow.LineAsync(_ => true) == "no boto3") Assert.Skip("python3 has no boto3 here.");
        var seen = new List<string>();

        for (var i = 0; i < 3; i++)
        {
            var requestId = await InvokeAsync(function);
            seen.Add(await follow.LineAsync(line => IsReport(line, requestId)));
        }

        Assert.Equal(3, seen.Distinct().Count());
    }

    private static bool IsReport(string line, string requestId) =>
        line.Contains("platform.report", StringComparison.Ordinal)
        && line.Contains(requestId, StringComparison.Ordinal);

    private async Task<(string Function, string Group)> FunctionAsync()
    {
        var stack = await JsonAsync("cloudformation", "list-stack-resources", "--stack-name", host.StackName);
        string Named(string logicalId) => (string)stack["StackResourceSummaries"]!.AsArray().Single(
            resource => (string?)resource!["LogicalResourceId"] == logicalId)!["PhysicalResourceId"]!;
        return (Named("TransformFunction"), Named("TransformLogGroup"));
    }

    private async Task<string> InvokeAsync(string function)
    {
        using var calls = new AwsCalls(new AwsPlace(
            host.Address, "us-east-1", new Amazon.Runtime.BasicAWSCredentials("stories", "stories")));
        using var answer = await calls.InvokeAsync(function, """{"Records":[]}""", "RequestResponse");
        return answer.Headers.GetValues("x-amzn-RequestId").Single();
    }

    private async Task<JsonNode> JsonAsync(params string[] arguments) =>
        JsonNode.Parse(await host.RunAsync("aws", arguments))!;
}
