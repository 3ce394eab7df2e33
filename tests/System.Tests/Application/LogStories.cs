using System.Text.Json.Nodes;

namespace Isobar.Stories.Application;

/// <summary>What functions and Lambda write, in CloudWatch Logs.</summary>
[Collection(OneStack.Name)]
public sealed class LogStories(StackFixture stack)
{
    private const string Function = "TransformFunction";

    /// <remarks>LocalStack ignores LoggingConfig: the lines are in another group, in another form.</remarks>
    [Fact]
    [Targets(Target.Local, Target.Aws)]
    public async Task The_lines_of_an_invocation_are_found_in_its_log_group_by_its_request_id_in_order()
    {
        var function = stack.Stack.NameOf(Function);
        using var answer = await stack.Stack.Calls.InvokeAsync(function, """{"Records":[]}""", "RequestResponse");
        var requestId = answer.Headers.GetValues("x-amzn-RequestId").Single();
        var version = answer.Headers.GetValues("X-Amz-Executed-Version").Single();

        var lines = await stack.UntilAsync(() => LinesAsync(requestId), lines => lines.Any(IsReport));

        Assert.Equal("platform.start", TypeOf(lines[0]));
        Assert.True(IsReport(lines[^1]), $"{lines[^1]}");
        Assert.All(lines, line => Assert.Contains(requestId, (string)line["message"]!, StringComparison.Ordinal));
        var times = lines.Select(line => (long)line["timestamp"]!).ToArray();
        Assert.Equal(times.Order(), times);
        var stream = Assert.Single(lines.Select(line => (string)line["logStreamName"]!).Distinct());
        var parts = stream.Split('/');
        Assert.Equal(4, parts.Length);
        Assert.StartsWith($"{function}[{version}]", parts[3], StringComparison.Ordinal);
    }

    private static bool IsReport(JsonNode line) => TypeOf(line) == "platform.report";

    private static string? TypeOf(JsonNode line) => (string?)JsonNode.Parse((string)line["message"]!)!["type"];

    private async Task<IReadOnlyList<JsonNode>> LinesAsync(string requestId)
    {
        var found = await stack.Stack.Calls.LogsAsync("FilterLogEvents", new JsonObject
        {
            ["logGroupName"] = stack.Stack.NameOf("TransformLogGroup"),
            ["filterPattern"] = $"\"{requestId}\"",
        });
        return [.. found["events"]!.AsArray().Select(line => line!)];
    }
}
