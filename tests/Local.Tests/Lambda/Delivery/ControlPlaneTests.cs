using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Lambda.Delivery;

/// <summary>The operations that change how functions are invoked asynchronously, and how many at a time.</summary>
public sealed class ControlPlaneTests
{
    private const string Config = "/2019-09-25/functions/echo/event-invoke-config";

    [Fact]
    public async Task The_SDK_for_JavaScript_can_do_everything_once()
    {
        await using var world = await DestinationWorld.StartAsync(
            "", "      DeadLetterConfig: {TargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead'}");

        var answers = await JavaScriptClient.RunAsync("Lambda/Delivery/control-plane.mjs", world.Lambda.Address);

        var destinations =
            """{"OnFailure":{"Destination":"arn:aws:sqs:us-east-1:000000000000:failures"},"OnSuccess":{}}""";
        Assert.True(answers.GetProperty("dated").GetBoolean());
        AssertJson(answers, "put", $$$"""
            {"status":200,"FunctionArn":"{{{DestinationWorld.Echo}}}:$LATEST","MaximumRetryAttempts":0,
            "DestinationConfig":{{{destinations}}}}
            """);
        AssertJson(answers, "updated", $"[0,60,{destinations}]");
        AssertJson(answers, "got", "60");
        AssertJson(answers, "listed", $"[\"{DestinationWorld.Echo}:$LATEST\"]");
        AssertJson(answers, "itself", """
            {"name":"InvalidParameterValueException","status":400,"known":true,
            "message":"You can't specify the function as a destination for itself."}
            """);
        AssertJson(answers, "deleted", """{"status":204}""");
        AssertJson(answers, "gone", $$"""
            {"name":"ResourceNotFoundException","status":404,"known":true,
            "message":"The function {{DestinationWorld.Echo}}:$LATEST doesn't have an EventInvokeConfig"}
            """);
        AssertJson(answers, "none", """{"status":200}""");
        AssertJson(answers, "reserved", """{"status":200,"ReservedConcurrentExecutions":0}""");
        AssertJson(answers, "shown", """{"ReservedConcurrentExecutions":0}""");
        AssertJson(answers, "throttled", """
            {"name":"TooManyRequestsException","status":429,"known":true,"message":"Rate Exceeded."}
            """);
        AssertJson(answers, "tooMany", """
            {"name":"InvalidParameterValueException","status":400,"known":true,"message":"TEXT"}
            """.Replace("TEXT", "Specified ReservedConcurrentExecutions for function decreases account's "
                + "UnreservedConcurrentExecution below its minimum value of [100]."));
        AssertJson(answers, "freed", """{"status":204}""");
        AssertJson(answers, "runs", "200");
        AssertJson(answers, "configuration", """{"TargetArn":"arn:aws:sqs:us-east-1:000000000000:dead"}""");
    }

    [Theory]
    [InlineData("{}", 400, "You must specify at least one of error handling or destination setting.")]
    [InlineData("""{"MaximumRetryAttempts":3}""", 400, "1 validation error detected: Value '3' at "
        + "'maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 2")]
    [InlineData("""{"MaximumEventAgeInSeconds":59,"MaximumRetryAttempts":-1}""", 400,
        "2 validation errors detected: Value '-1' at 'maximumRetryAttempts' failed to satisfy constraint: Member must "
        + "have value greater than or equal to 0; Value '59' at 'maximumEventAgeInSeconds' failed to satisfy "
        + "constraint: Member must have value greater than or equal to 60")]
    [InlineData("""{"DestinationConfig":{"OnSuccess":{"Destination":"arn:aws:s3:::b"}}}""", 400,
        "The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=arn:aws:s3:::b), "
        + "onFailure=null) is invalid.")]
    [InlineData("[", 400, "Could not parse request body into json")]
    [InlineData("""{"Retries":1}""", 400,
        "Could not parse request body into json: the member at $.Retries is not known")]
    public async Task A_configuration_that_AWS_refuses_is_refused(string body, int status, string message)
    {
        await using var world = await DestinationWorld.StartAsync("");
        var answer = await world.Lambda.SendAsync(
            HttpMethod.Put, Config, new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(status, answer.Status);
        Assert.StartsWith(message, (string?)answer.Json["message"]);
        var after = await world.Lambda.SendAsync(HttpMethod.Get, Config);
        Assert.Equal(404, after.Status);
    }

    [Fact]
    public async Task Another_Region_has_no_such_function()
    {
        await using var world = await DestinationWorld.StartAsync("");
        using var request = new HttpRequestMessage(HttpMethod.Put, Config)
        {
            Content = new StringContent("""{"MaximumRetryAttempts":0}"""),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential="
            + "test/20260112/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await world.Lambda.Client.SendAsync(request);
        Assert.Equal("The function doesn't exist.",
            (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["Message"]);
    }

    [Fact]
    public async Task Concurrency_that_was_reserved_holds_at_once_and_is_missing_to_others()
    {
        await using var world = await DestinationWorld.StartAsync("");
        const string path = "/2017-10-31/functions/echo/concurrency";
        Task<LambdaAnswer> ReserveAsync(string json) =>
            world.Lambda.SendAsync(HttpMethod.Put, path, new StringContent(json));

        Assert.Equal(200, (await ReserveAsync("""{"ReservedConcurrentExecutions":900}""")).Status);
        Assert.Equal(400, (await ReserveAsync("""{"ReservedConcurrentExecutions":901}""")).Status);
        Assert.Equal("1 validation error detected: Value null at 'reservedConcurrentExecutions' failed to satisfy "
            + "constraint: Member must not be null", (string?)(await ReserveAsync("{}")).Json["message"]);
        var got = await world.Lambda.SendAsync(HttpMethod.Get, "/2019-09-30/functions/echo/concurrency");
        Assert.Equal("""{"ReservedConcurrentExecutions":900}""", got.Body);
    }

    private static void AssertJson(JsonElement answers, string name, string expected)
    {
        var actual = JsonNode.Parse(answers.GetProperty(name).GetRawText());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"{name} is {actual?.ToJsonString()}");
    }
}
