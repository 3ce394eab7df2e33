using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>The Invoke API and what reads a function, before anything runs.</summary>
internal static class InvocationCases
{
    private const string About = "invoke and get";
    private const string NotFound = "Function not found: arn:aws:lambda:us-east-1:000000000000:function:";

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        new(About, "RequestResponse answers 200 with the payload and the executed version", async world =>
        {
            var answer = await world.Lambda.InvokeAsync("echo", "{}");
            Assert.Equal((200, "{}", "$LATEST"),
                (answer.Status, answer.Body, answer.Header("X-Amz-Executed-Version")));
            Assert.Null(answer.Header("X-Amz-Function-Error"));
        }),
        new(About, "Event answers 202 with nothing, and no executed version", async world =>
        {
            var answer = await world.Lambda.QueueAsync("echo", "{}");
            Assert.Equal((202, "", null), (answer.Status, answer.Body, answer.Header("X-Amz-Executed-Version")));
        }),
        new(About, "DryRun answers 204 with nothing", async world =>
        {
            var answer = await world.Lambda.InvokeAsync("echo", "{}", ("X-Amz-Invocation-Type", "DryRun"));
            Assert.Equal((204, "", null), (answer.Status, answer.Body, answer.Header("X-Amz-Executed-Version")));
            Assert.Empty(world.Requests);
        }),
        new(About, "An event whose function returns nothing is a 202 like any other", async world =>
        {
            world.Answer(EnvironmentsInName.Success("null"));
            var answer = await world.Lambda.QueueAsync("echo", "{}");
            Assert.Equal((202, ""), (answer.Status, answer.Body));
        }),
        new(About, "Invoking what is not there names it with $LATEST", async world => Answers.AssertError(
            await world.Lambda.InvokeAsync("doesnotexist", "{}"), 404, "ResourceNotFoundException",
            NotFound + "doesnotexist:$LATEST", "Message")),
        new(About, "A name that is no name breaks the pattern before anything is looked up", async world =>
        {
            var answer = await world.SendAsync(HttpMethod.Post, RecordedWorld.Functions
                + Uri.EscapeDataString("arn:aws:lambda:us-east-1:000000000000@function:myfn") + "/invocations", "{}");
            Answers.AssertError(answer, 400, "ValidationException", "1 validation error detected: "
                + FunctionNameCases.Unmatched("arn:aws:lambda:us-east-1:000000000000@function:myfn"));
        }),
        new(About, "A payload that is no UTF-8 inside a word is refused with the byte and its place", async world =>
            Answers.AssertError(await InvokeRawAsync(world, [(byte)'n', 0x87, (byte)'r', 0x9E]), 400,
                "InvalidRequestContentException", Unreadable("Invalid UTF-8 start byte 0x87", 3), "message")),
        new(About, "A payload that begins with a byte that is no UTF-8 is refused as an unexpected character",
            async world => Answers.AssertError(await InvokeRawAsync(world, [0x99, 0xEB, (byte)',', (byte)'j']), 400,
                "InvalidRequestContentException", Unreadable("Unexpected character ((CTRL-CHAR, code 153)): expected a "
                    + "valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", 1),
                "message")),
        new(About, "GetFunction and GetFunctionConfiguration of what is not there name it as the caller did",
            async world =>
            {
                foreach (var path in (string[])["", "/configuration"])
                {
                    Answers.AssertError(await world.GetAsync($"{RecordedWorld.Functions}missing{path}"), 404,
                        "ResourceNotFoundException", NotFound + "missing", "Message");
                }
            }),
        new(About, "GetFunction and GetFunctionConfiguration of a version that is not there name the version",
            async world =>
            {
                foreach (var path in (string[])["", "/configuration"])
                {
                    Answers.AssertError(await world.GetAsync($"{RecordedWorld.Functions}echo{path}?Qualifier=1221"),
                        404, "ResourceNotFoundException", NotFound + "echo:1221", "Message");
                }
            }),
        new(About, "GetFunctionConfiguration with the qualifier $LATEST shows a qualified ARN", async world =>
        {
            var plain = await world.GetAsync($"{RecordedWorld.Functions}echo/configuration");
            var qualified = await world.GetAsync($"{RecordedWorld.Functions}echo/configuration?Qualifier=$LATEST");
            Answers.AssertConfiguration(plain.Json);
            Answers.AssertConfiguration(qualified.Json, arn: RecordedWorld.Echo + ":$LATEST");
        }),
        new(About, "A function's environment is shown as it was given", async world =>
        {
            var shown = await world.GetAsync($"{RecordedWorld.Functions}echo/configuration");
            Answers.AssertConfiguration(shown.Json, """ "Environment":{"Variables":{"Hello":"World"}}, """);
        }) { Function = "      Environment: {Variables: {Hello: World}}" },
        new(About, "More than 4 KB of environment is refused with what was measured", async world =>
        {
            var large = new string('x', 4_097);
            var refused = await world.RefusedDeploymentAsync(LambdaOnPortZero.Function(
                "Large", "large", $"      Environment: {{Variables: {{LARGE_VAR: {large}}}}}"));
            Assert.Equal("Lambda was unable to configure your environment variables because the "
                + "environment variables you have provided exceeded the 4KB limit. String measured: "
                + $$"""{"LARGE_VAR":"{{large}}"}""", refused);
        }),
    ];

    private static string Unreadable(string reason, int column) =>
        $"Could not parse request body into json: Could not parse payload into json: {reason}\n at [Source: REDACTED "
        + $"(`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: {column}]";

    private static Task<LambdaAnswer> InvokeRawAsync(RecordedWorld world, byte[] bytes) => world.Lambda.SendAsync(
        HttpMethod.Post, RecordedWorld.Functions + "echo/invocations", new ByteArrayContent(bytes));
}
