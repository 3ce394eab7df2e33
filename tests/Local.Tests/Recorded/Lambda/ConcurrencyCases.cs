using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>Reserved concurrency.</summary>
internal static class ConcurrencyCases
{
    private const string About = "reserved concurrency";
    private const string NotFound =
        "Function not found: arn:aws:lambda:us-east-1:000000000000:function:doesnotexist";

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        new(About, "What is reserved is shown until it is given back; then nothing is", async world =>
        {
            Answers.AssertJson("{}", (await GetAsync(world)).Json);
            foreach (var reserved in (int[])[0, 1])
            {
                var json = $$"""{"ReservedConcurrentExecutions":{{reserved}}}""";
                Answers.AssertJson(json, (await PutAsync(world, json)).Json);
                Answers.AssertJson(json, (await GetAsync(world)).Json);
            }

            Assert.Equal(204, (await world.SendAsync(HttpMethod.Delete, Path("echo"))).Status);
            Answers.AssertJson("{}", (await GetAsync(world)).Json);
        }),
        new(About, "GetFunction shows the reservation beside the configuration", async world =>
        {
            await PutAsync(world, """{"ReservedConcurrentExecutions":3}""");
            var shown = await world.GetAsync($"{RecordedWorld.Functions}echo");
            var parts = shown.Json.AsObject();
            Assert.Equal(["Code", "Concurrency", "Configuration"],
                parts.Select(part => part.Key).Order(StringComparer.Ordinal));
            Answers.AssertForm(parts["Code"]!.AsObject(), "Location", "^file:///.+$");
            Answers.AssertJson("""{"Location":"-","RepositoryType":"S3"}""", parts["Code"]);
            Answers.AssertJson("""{"ReservedConcurrentExecutions":3}""", parts["Concurrency"]);
            Answers.AssertConfiguration(parts["Configuration"]);
        }),
        new(About, "A qualified ARN has no reservation of its own", async world => Answers.AssertError(
            await PutAsync(world, """{"ReservedConcurrentExecutions":0}""", Path(RecordedWorld.Echo + ":$LATEST")), 400,
            "InvalidParameterValueException", "This operation is permitted on Lambda functions only. Aliases and "
                + "versions do not support this operation. Please specify either a function name or an unqualified "
                + "function ARN.", "message")),
        new(About, "Reserving for what is not there names it with $LATEST", async world => Answers.AssertError(
            await PutAsync(world, """{"ReservedConcurrentExecutions":1}""", Path("doesnotexist")), 404,
            "ResourceNotFoundException", NotFound + ":$LATEST", "Message")),
        new(About, "Asking for the reservation of what is not there names it without", async world =>
            Answers.AssertError(await world.GetAsync("/2019-09-30/functions/doesnotexist/concurrency"), 404,
                "ResourceNotFoundException", NotFound, "Message")),
        new(About, "A hundred executions stay unreserved; the error has no type", async world =>
        {
            foreach (var reserved in (int[])[901, 1_001])
            {
                var answer = await PutAsync(world, $$"""{"ReservedConcurrentExecutions":{{reserved}}}""");
                Answers.AssertError(answer, 400, "InvalidParameterValueException",
                    "Specified ReservedConcurrentExecutions for function decreases account's "
                    + "UnreservedConcurrentExecution below its minimum value of [100].", "message", type: null);
            }
        }),
        new(About, "A reservation of zero throttles with its reason", async world =>
        {
            await PutAsync(world, """{"ReservedConcurrentExecutions":0}""");
            var answer = await world.Lambda.InvokeAsync("echo", "{}");
            Answers.AssertError(answer, 429, "TooManyRequestsException", "Rate Exceeded.", "message",
                reason: "ReservedFunctionConcurrentInvocationLimitExceeded");
        }),
    ];

    private static string Path(string name) => $"/2017-10-31/functions/{Uri.EscapeDataString(name)}/concurrency";

    private static Task<LambdaAnswer> PutAsync(RecordedWorld world, string json, string? path = null) =>
        world.SendAsync(HttpMethod.Put, path ?? Path("echo"), json);

    private static Task<LambdaAnswer> GetAsync(RecordedWorld world) =>
        world.GetAsync("/2019-09-30/functions/echo/concurrency");
}
