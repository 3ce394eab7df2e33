using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Lambda.Control;

public sealed class ReadOnlyViewTests
{
    [Fact]
    public async Task GetFunction_tells_what_the_template_said()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync(LambdaOnPortZero.Function("Echo", "echo", """
                  MemorySize: 512
                  Timeout: 7
                  ReservedConcurrentExecutions: 3
                  Environment: {Variables: {TABLE: jobs}}
                  LoggingConfig: {LogFormat: JSON}
                  Tags: [{Key: team, Value: weather}]
            """));

        var answer = await lambda.SendAsync(HttpMethod.Get, "/2015-03-31/functions/echo");

        Assert.Equal(200, answer.Status);
        var configuration = answer.Json["Configuration"]!;
        Assert.Equal("echo", (string?)configuration["FunctionName"]);
        Assert.Equal(512, (int)configuration["MemorySize"]!);
        Assert.Equal(7, (int)configuration["Timeout"]!);
        Assert.Equal("jobs", (string?)configuration["Environment"]!["Variables"]!["TABLE"]);
        Assert.Equal("JSON", (string?)configuration["LoggingConfig"]!["LogFormat"]);
        Assert.Equal("Active", (string?)configuration["State"]);
        Assert.Equal(44, ((string?)configuration["CodeSha256"])!.Length);
        Assert.Equal(4, (int)configuration["CodeSize"]!);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$", (string?)configuration["LastModified"]);
        Assert.Equal(3, (int)answer.Json["Concurrency"]!["ReservedConcurrentExecutions"]!);
        Assert.Equal("weather", (string?)answer.Json["Tags"]!["team"]);
    }

    [Fact]
    public async Task GetFunctionConfiguration_tells_the_same_configuration_alone()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var whole = await lambda.SendAsync(HttpMethod.Get, "/2015-03-31/functions/echo");
        var alone = await lambda.SendAsync(HttpMethod.Get, "/2015-03-31/functions/echo/configuration");

        Assert.True(JsonNode.DeepEquals(whole.Json["Configuration"], alone.Json));
    }

    [Theory]
    [InlineData("/2015-03-31/functions/missing", "function:missing")]
    [InlineData("/2015-03-31/functions/echo?Qualifier=1221", "function:echo:1221")]
    [InlineData("/2015-03-31/functions/missing/configuration", "function:missing")]
    public async Task A_function_that_is_not_there_is_not_found(string path, string resource)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var answer = await lambda.SendAsync(HttpMethod.Get, path);

        Assert.Equal(404, answer.Status);
        Assert.Equal("Function not found: arn:aws:lambda:us-east-1:000000000000:" + resource,
            (string?)answer.Json["Message"]);
    }

    [Fact]
    public async Task GetAccountSettings_tells_the_limits_and_what_is_left_unreserved()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var answer = await lambda.SendAsync(HttpMethod.Get, "/2016-08-19/account-settings/");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {"AccountLimit":{"TotalCodeSize":80530636800,"CodeSizeUnzipped":262144000,"CodeSizeZipped":52428800,
            "ConcurrentExecutions":1000,"UnreservedConcurrentExecutions":999},
            "AccountUsage":{"TotalCodeSize":8,"FunctionCount":2}}
            """), answer.Json), answer.Body);
    }

    [Fact]
    public async Task ListFunctions_pages_in_the_order_of_names()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var first = await lambda.SendAsync(HttpMethod.Get, "/2015-03-31/functions/?MaxItems=1");
        var second = await lambda.SendAsync(
            HttpMethod.Get, $"/2015-03-31/functions/?MaxItems=1&Marker={first.Json["NextMarker"]}");

        Assert.Equal("echo", (string?)Assert.Single(first.Json["Functions"]!.AsArray())!["FunctionName"]);
        Assert.Equal("narrow", (string?)Assert.Single(second.Json["Functions"]!.AsArray())!["FunctionName"]);
        Assert.Null(second.Json["NextMarker"]);
    }

    [Fact]
    public async Task A_page_of_functions_begins_behind_its_marker_also_when_no_function_has_that_name()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        foreach (var (marker, names) in (Dictionary<string, string[]>)new()
                 {
                     ["a"] = ["echo", "narrow"], ["echo0"] = ["narrow"], ["gone"] = ["narrow"], ["narrow"] = [],
                     ["z"] = [],
                 })
        {
            var page = await lambda.SendAsync(HttpMethod.Get, $"/2015-03-31/functions/?Marker={marker}");
            Assert.Equal(
                names, page.Json["Functions"]!.AsArray().Select(function => (string)function!["FunctionName"]!));
        }
    }

    [Fact]
    public async Task A_page_of_mappings_begins_behind_its_marker_also_when_no_mapping_has_that_UUID()
    {
        const string path = "/2015-03-31/event-source-mappings/";
        static string Mapping(string id) => $"""
              {id}:
                Type: AWS::Lambda::EventSourceMapping
                Properties:
                  EventSourceArn: arn:aws:sqs:us-east-1:000000000000:work
                  FunctionName: !Ref {id[..^1]}
                  Enabled: false

            """;
        await using var lambda = await LambdaOnPortZero.StartAsync(
            LambdaOnPortZero.Function("Echo", "echo") + LambdaOnPortZero.Function("Narrow", "narrow")
            + Mapping("EchoM") + Mapping("NarrowM"));

        var first = await lambda.SendAsync(HttpMethod.Get, path + "?MaxItems=1");
        var marker = (string)first.Json["NextMarker"]!;
        // Behind the first UUID and before the second: where the list goes on if a mapping there is gone.
        var second = await lambda.SendAsync(HttpMethod.Get, $"{path}?MaxItems=1&Marker={marker}0");
        var all = await lambda.SendAsync(HttpMethod.Get, path);

        Assert.Equal(all.Json["EventSourceMappings"]!.AsArray().Select(mapping => (string)mapping!["UUID"]!),
            new[] { first, second }.Select(page =>
                (string)Assert.Single(page.Json["EventSourceMappings"]!.AsArray())!["UUID"]!));
        Assert.Null(second.Json["NextMarker"]);
    }

    [Fact]
    public async Task An_event_source_mapping_is_found_by_its_UUID_its_queue_and_its_function()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync(LambdaOnPortZero.Function("Echo", "echo") + """
              Mapping:
                Type: AWS::Lambda::EventSourceMapping
                Properties:
                  EventSourceArn: arn:aws:sqs:us-east-1:000000000000:work
                  FunctionName: !Ref Echo
                  BatchSize: 2
                  ScalingConfig: {MaximumConcurrency: 4}
                  FunctionResponseTypes: [ReportBatchItemFailures]
                  Enabled: false
            """);
        const string path = "/2015-03-31/event-source-mappings/";

        var listed = await lambda.SendAsync(HttpMethod.Get, path + "?FunctionName=echo");
        var mapping = Assert.Single(listed.Json["EventSourceMappings"]!.AsArray())!;
        var got = await lambda.SendAsync(HttpMethod.Get, path + mapping["UUID"]);
        var other = await lambda.SendAsync(
            HttpMethod.Get, path + "?EventSourceArn=arn:aws:sqs:us-east-1:000000000000:b");
        var unknown = await lambda.SendAsync(HttpMethod.Get, path + Guid.Empty);

        Assert.True(JsonNode.DeepEquals(mapping, got.Json));
        Assert.Equal(2, (int)mapping["BatchSize"]!);
        Assert.Equal(4, (int)mapping["ScalingConfig"]!["MaximumConcurrency"]!);
        Assert.Equal("""["ReportBatchItemFailures"]""", mapping["FunctionResponseTypes"]!.ToJsonString());
        Assert.Equal("Disabled", (string?)mapping["State"]);
        Assert.Equal("arn:aws:lambda:us-east-1:000000000000:function:echo", (string?)mapping["FunctionArn"]);
        Assert.Empty(other.Json["EventSourceMappings"]!.AsArray());
        Assert.Equal((404, "The resource you requested does not exist."),
            (unknown.Status, (string?)unknown.Json["Message"]));
    }
}
