using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>What functions do while they run, and how they end.</summary>
internal static class RunningCases
{
    private const string About = "running functions";

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        Running("A function past its timeout is an Unhandled error that names the timeout, not the time",
            world => FailsAsync(world, """{"do":"sleep","ms":3000}""", "Sandbox.Timedout",
                "RequestId: {id} Error: Task timed out after 1.00 seconds")),
        Running("A function that returns nothing in time answers null",
            world => AnswersAsync(world, """{"do":"sleep","ms":50}""", "null")),
        Running("After a timeout /tmp is as it was and memory is not", async world =>
        {
            await AnswersAsync(world, """{"do":"write","text":"some-content"}""", "null");
            await AnswersAsync(world, """{"do":"read"}""", "\"some-content\"");
            await AnswersAsync(world, """{"do":"count"}""", "1");
            await AnswersAsync(world, """{"do":"count"}""", "2");
            await FailsAsync(world, """{"do":"sleep","ms":3000}""", "Sandbox.Timedout",
                "RequestId: {id} Error: Task timed out after 1.00 seconds");
            await AnswersAsync(world, """{"do":"read"}""", "\"some-content\"");
            await AnswersAsync(world, """{"do":"count"}""", "1");
        }),
        Running("A response over 6 MB is an error of its own, as often as it is tried", async world =>
        {
            for (var time = 0; time < 2; time++)
                await FailsAsync(world, """{"do":"bytes","count":6291557}""", "Function.ResponseSizeTooLarge",
                    "Response payload size exceeded maximum allowed payload size (6291556 bytes).");
        }),
        Running("A process that exits in a handler gives no reason", world => FailsAsync(world,
            """{"do":"exit","code":0}""", "Runtime.ExitError",
            "RequestId: {id} Error: Runtime exited without providing a reason")),
        Running("A process that exits while it starts gives no reason", world => FailsAsync(world, "{}",
            "Runtime.ExitError", "RequestId: {id} Error: Runtime exited without providing a reason"))
            with { Function = "      Environment: {Variables: {PROBE_INIT: 'exit:0'}}" },
        Running("A process that ends with 127 says so", world => FailsAsync(world, """{"do":"exit","code":127}""",
            "Runtime.ExitError", "RequestId: {id} Error: Runtime exited with error: exit status 127")),
        Running("An error while the code is loaded is the answer to the first invocation",
            world => FailsAsync(world, "{}", "ThrownOnPurpose", "init failed"))
            with { Function = "      Environment: {Variables: {PROBE_INIT: fail}}" },
        Running("An exception of the handler is an Unhandled error with status 200", world => FailsAsync(
            world, """{"do":"throw","message":"Handler fails"}""", "ThrownOnPurpose", "Handler fails")),
        Running("The tail of the log has START, the function's lines, END and REPORT", async world =>
        {
            var answer = await world.Lambda.InvokeAsync(
                "echo", """{"do":"log","text":"line"}""", ("X-Amz-Log-Type", "Tail"));
            var id = answer.Header("x-amzn-RequestId");
            Assert.Matches(
                $@"^START RequestId: {id} Version: \$LATEST\nline 1\nEND RequestId: {id}\nREPORT RequestId: {id}\t"
                + @"Duration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 512 MB\tMax Memory Used: \d+ MB\t"
                + @"Init Duration: \d+\.\d\d ms\t\n$",
                Encoding.UTF8.GetString(Convert.FromBase64String(answer.Header("X-Amz-Log-Result")!)));
        }),
        Running("The request id that the caller is told is the one that the function sees", async world =>
        {
            var answer = await world.Lambda.InvokeAsync("echo", """{"do":"headers"}""");
            var seen = Lambda(answer.Json.AsObject());
            Answers.AssertForm(seen, "lambda-runtime-deadline-ms", "^[0-9]{13}$");
            Answers.AssertForm(seen, "lambda-runtime-trace-id",
                "^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=[01](;.+)?$");
            Answers.AssertJson($$"""
                {"lambda-runtime-aws-request-id":"{{answer.Header("x-amzn-RequestId")}}",
                "lambda-runtime-deadline-ms":"-","lambda-runtime-trace-id":"-",
                "lambda-runtime-invoked-function-arn":"{{RecordedWorld.Echo}}"}
                """, seen);
        }),
        Running("A client context reaches the function decoded", async world =>
        {
            const string context =
                """{"custom":{"foo":"bar"},"client":{"snap":["crackle","pop"]},"env":{"fizz":"buzz"}}""";
            var answer = await world.Lambda.InvokeAsync("echo", """{"do":"headers"}""",
                ("X-Amz-Client-Context", Convert.ToBase64String(Encoding.UTF8.GetBytes(context))));
            Answers.AssertJson(context, JsonNode.Parse((string)answer.Json["lambda-runtime-client-context"]!));
        }),
        Running("A process finds its variables, and the Runtime API at 169.254.100.1:9001",
            world => FindsAsync(world, OnAws, "^169\\.254\\.100\\.1:9001$")) with
        {
            Function = "      Environment: {Variables: {TEST_KEY: VALUE}}",
            Differs = "The Runtime API is at a loopback address of this machine, there is no X-Ray daemon and no "
                + "folder of a runtime, and .NET is told its memory by variables.",
            Here = world => FindsAsync(world, OnThisHost, "^127\\.0\\.0\\.1:[0-9]+$"),
        },
    ];

    // Of a managed runtime for .NET, as its process sees them.
    private static readonly string[] Everywhere =
    [
        "AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_RUNTIME_API", "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_XRAY_CONTEXT_MISSING", "DOTNET_ROOT",
        "LAMBDA_RUNTIME_NAME", "LAMBDA_TASK_ROOT", "LANG", "LD_LIBRARY_PATH", "PATH", "TEST_KEY", "TZ", "_HANDLER",
    ];

    private static IEnumerable<string> OnAws => Everywhere.Concat(
    [
        "AWS_XRAY_DAEMON_ADDRESS", "LAMBDA_RUNTIME_DIR", "PWD", "SHLVL", "_AWS_XRAY_DAEMON_ADDRESS",
        "_AWS_XRAY_DAEMON_PORT", "_LAMBDA_TELEMETRY_LOG_FD", "_X_AMZN_TRACE_ID",
    ]);

    private static IEnumerable<string> OnThisHost => Everywhere.Concat(
        ["AWS_ENDPOINT_URL", "DOTNET_EnableDiagnostics", "DOTNET_GCHeapHardLimit"]);

    private static async Task FindsAsync(RecordedWorld world, IEnumerable<string> names, string runtimeApi)
    {
        var answer = await world.Lambda.InvokeAsync("echo", """{"do":"environment"}""");
        var seen = answer.Json.AsObject();
        // Without namespaces of its own, a process is also told where its /tmp is.
        seen.Remove("TMPDIR");
        Assert.Equal(names.Order(StringComparer.Ordinal),
            seen.Select(variable => variable.Key).Order(StringComparer.Ordinal));
        Answers.AssertForm(seen, "AWS_LAMBDA_RUNTIME_API", runtimeApi);
        Answers.AssertForm(seen, "AWS_LAMBDA_LOG_STREAM_NAME", @"^\d{4}/\d\d/\d\d/\[\$LATEST\][0-9a-f]{32}$");
        string[] secretsAndPlaces =
        [
            "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "DOTNET_ROOT", "LAMBDA_TASK_ROOT",
            "LD_LIBRARY_PATH", "PATH",
        ];
        foreach (var name in secretsAndPlaces) Answers.AssertForm(seen, name, "^.+$");
        foreach (var name in names.Except(Everywhere)) seen.Remove(name);
        Answers.AssertJson("""
            {"AWS_ACCESS_KEY_ID":"-","AWS_DEFAULT_REGION":"us-east-1","AWS_EXECUTION_ENV":"AWS_Lambda_dotnet10",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE":"512","AWS_LAMBDA_FUNCTION_NAME":"echo",
            "AWS_LAMBDA_FUNCTION_VERSION":"$LATEST","AWS_LAMBDA_INITIALIZATION_TYPE":"on-demand",
            "AWS_LAMBDA_LOG_GROUP_NAME":"/aws/lambda/echo","AWS_LAMBDA_LOG_STREAM_NAME":"-",
            "AWS_LAMBDA_RUNTIME_API":"-","AWS_REGION":"us-east-1","AWS_SECRET_ACCESS_KEY":"-","AWS_SESSION_TOKEN":"-",
            "AWS_XRAY_CONTEXT_MISSING":"LOG_ERROR","DOTNET_ROOT":"-","LAMBDA_RUNTIME_NAME":"dotnet10",
            "LAMBDA_TASK_ROOT":"-","LANG":"en_US.UTF-8","LD_LIBRARY_PATH":"-","PATH":"-","TEST_KEY":"VALUE",
            "TZ":":UTC","_HANDLER":"Probe"}
            """, seen);
    }

    /// <summary>The headers of the Runtime API.</summary>
    private static JsonObject Lambda(JsonObject headers) => new(headers
        .Where(header => header.Key.StartsWith("lambda-runtime-", StringComparison.Ordinal))
        .Select(header => KeyValuePair.Create(header.Key, header.Value?.DeepClone())));

    private static LambdaCase Running(string says, Func<RecordedWorld, Task> check) =>
        new(About, says, check) { Runs = true };

    private static async Task AnswersAsync(RecordedWorld world, string payload, string body)
    {
        var answer = await world.Lambda.InvokeAsync("echo", payload);
        Assert.Equal((200, body, null), (answer.Status, answer.Body, answer.Header("X-Amz-Function-Error")));
    }

    private static async Task FailsAsync(RecordedWorld world, string payload, string errorType, string message)
    {
        var answer = await world.Lambda.InvokeAsync("echo", payload);
        Assert.Equal((200, "Unhandled", "$LATEST"), (answer.Status, answer.Header("X-Amz-Function-Error"),
            answer.Header("X-Amz-Executed-Version")));
        var expected = new JsonObject
        {
            ["errorType"] = errorType,
            ["errorMessage"] = message.Replace("{id}", answer.Header("x-amzn-RequestId")),
        };
        // What the function itself reports has a stack trace; the Probe's is always empty.
        if (errorType == "ThrownOnPurpose") expected["stackTrace"] = new JsonArray();
        Answers.AssertJson(expected.ToJsonString(), answer.Json);
    }
}
