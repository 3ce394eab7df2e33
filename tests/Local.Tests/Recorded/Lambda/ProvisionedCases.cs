using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>Provisioned concurrency.</summary>
internal static class ProvisionedCases
{
    private const string About = "provisioned concurrency";
    private const string Aliases = RecordedWorld.Functions + "echo/aliases";

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        new(About, "A version has it in progress until all is there, then it is ready", async world =>
        {
            await PublishAsync(world);
            var put = await PutAsync(world, "1", 5);
            Assert.Equal(202, put.Status);
            AssertShown(put, 0, 5, "IN_PROGRESS");
            AssertShown(await GetAsync(world, "1"), 0, 5, "IN_PROGRESS");
            world.Lambda.Pool.Allocate();
            AssertShown(await GetAsync(world, "1"), 5, 5, "READY");
        }),
        new(About, "An alias has it as a version does", async world =>
        {
            await PublishAsync(world);
            await AliasAsync(world, "live", "1");
            AssertShown(await PutAsync(world, "live", 5), 0, 5, "IN_PROGRESS");
            world.Lambda.Pool.Allocate();
            AssertShown(await GetAsync(world, "live"), 5, 5, "READY");
        }),
        new(About, "An invocation of the version has the initialization type, one of $LATEST has not", async world =>
        {
            await PublishAsync(world);
            await PutAsync(world, "1", 5);
            world.Lambda.Pool.Allocate();
            Assert.Equal(["provisioned-concurrency", "on-demand"],
                [await TypeAsync(world, "echo:1"), await TypeAsync(world, "echo")]);
        }),
        new(About, "The version has it too while an alias has it, and it moves with the alias", async world =>
        {
            await PublishAsync(world);
            Assert.Equal("on-demand", await TypeAsync(world, "echo:1"));
            await AliasAsync(world, "live", "1");
            await PutAsync(world, "live", 1);
            world.Lambda.Pool.Allocate();
            Assert.Equal("provisioned-concurrency", await TypeAsync(world, "echo:1"));
            Assert.Equal("provisioned-concurrency", await TypeAsync(world, "echo:live"));
            await PublishAsync(world, 10);
            await world.SendAsync(HttpMethod.Put, $"{Aliases}/live", """{"FunctionVersion":"2"}""");
            Assert.Equal("IN_PROGRESS", (string?)(await GetAsync(world, "live")).Json["Status"]);
            world.Lambda.Pool.Allocate();
            Assert.Equal(["on-demand", "provisioned-concurrency", "provisioned-concurrency"],
                [
                    await TypeAsync(world, "echo:1"), await TypeAsync(world, "echo:2"),
                    await TypeAsync(world, "echo:live"),
                ]);
            AssertNone(await GetAsync(world, "2"));
        }),
        new(About, "Right after an alias has moved, what its version before had is still shown", async world =>
        {
            await MovedAsync(world);
            AssertShown(await GetAsync(world, "live"), 1, 1, "IN_PROGRESS");
        })
        {
            Differs = "Environments of the version before end at once, so the count begins at zero.",
            Here = async world =>
            {
                await MovedAsync(world);
                AssertShown(await GetAsync(world, "live"), 0, 1, "IN_PROGRESS");
            },
        },
        new(About, "An invocation runs on demand if, and only if, no provisioned environment is free", async world =>
        {
            await PublishAsync(world);
            await PutAsync(world, "1", 1);
            world.Lambda.Pool.Allocate();
            AssertShown(await GetAsync(world, "1"), 1, 1, "READY");
            var release = new TaskCompletionSource();
            var entered = new TaskCompletionSource();
            world.Lambda.Pool.Run = async (function, _) =>
            {
                if (function.IsProvisioned)
                {
                    entered.TrySetResult();
                    await release.Task;
                }

                return EnvironmentsInName.Success($"\"{function.InitializationType}\"");
            };
            var first = world.Lambda.InvokeAsync("echo:1", "{}");
            await entered.Task;
            var second = await world.Lambda.InvokeAsync("echo:1", "{}");
            release.SetResult();
            Assert.Equal(("\"on-demand\"", "\"provisioned-concurrency\""), (second.Body, (await first).Body));
        }),
        new(About, "When all that is reserved is provisioned, $LATEST is throttled and the version runs", async world =>
        {
            await PublishAsync(world);
            await ReserveAsync(world, 1);
            Assert.Equal(200, (await world.Lambda.InvokeAsync("echo:$LATEST", "{}")).Status);
            AssertShown(await PutAsync(world, "1", 1), 0, 1, "IN_PROGRESS");
            world.Lambda.Pool.Allocate();
            AssertThrottled(await world.Lambda.InvokeAsync("echo:$LATEST", "{}"));
            var version = await world.Lambda.InvokeAsync("echo:1", """{"hello":"world"}""");
            Assert.Equal((200, """{"hello":"world"}"""), (version.Status, version.Body));
            AssertThrottled(await world.Lambda.InvokeAsync("echo:$LATEST", "{}"));
        }),
        new(About, "A reservation is not lower than what is provisioned, nor is more provisioned than reserved",
            async world =>
            {
                await PublishAsync(world);
                await PutAsync(world, "1", 2);
                world.Lambda.Pool.Allocate();
                Answers.AssertError(await ReserveAsync(world, 1), 400, "InvalidParameterValueException",
                    " ReservedConcurrentExecutions  1 should not be lower than function's total provisioned "
                    + "concurrency [2].", "message", type: null);
                await ReserveAsync(world, 2);
                Answers.AssertJson("""{"ReservedConcurrentExecutions":2}""",
                    (await world.GetAsync("/2019-09-30/functions/echo/concurrency")).Json);
                await PublishAsync(world, 15);
                foreach (var (version, executions) in ((string, int)[])[("2", 1), ("1", 3)])
                {
                    Answers.AssertError(await PutAsync(world, version, executions), 400,
                        "InvalidParameterValueException", "Requested Provisioned Concurrency should not be greater "
                        + "than the reservedConcurrentExecution for function", "message");
                }
            }),
        new(About, "A failed init fails the allocation, with its reason", async world =>
        {
            await PublishAsync(world);
            AssertShown(await PutAsync(world, "1", 1), 0, 1, "IN_PROGRESS");
            world.Lambda.Pool.Owner!.InitFailed(world.Lambda.Pool.Wanted.Places[0].Function);
            AssertShown(await GetAsync(world, "1"), 0, 1, "FAILED", """
                ,"StatusReason":"FUNCTION_ERROR_INIT_FAILURE"
                """);
        }),
        new(About, "A version without it has none, and neither has a list", async world =>
        {
            await PublishAsync(world);
            AssertNone(await GetAsync(world, "1"));
            Answers.AssertJson("""{"ProvisionedConcurrencyConfigs":[]}""",
                (await world.GetAsync($"{Path("echo")}?List=ALL")).Json);
            Assert.Equal(204, (await world.SendAsync(HttpMethod.Delete, $"{Path("echo")}?Qualifier=1")).Status);
        }),
        new(About, "$LATEST has none: the words differ by operation", async world =>
        {
            const string neither = "The function resource provided must be an alias or a published version.";
            var latest = $"{Path("echo")}?Qualifier=$LATEST";
            Answers.AssertError(
                await world.GetAsync(latest), 400, "InvalidParameterValueException", neither, "message");
            Answers.AssertError(await world.SendAsync(HttpMethod.Delete, latest), 400,
                "InvalidParameterValueException", neither, "message");
            Answers.AssertError(await PutAsync(world, "$LATEST", 1), 400, "InvalidParameterValueException",
                "Provisioned Concurrency Configs cannot be applied to unpublished function versions.", "message");
        }),
        new(About, "What is not there is named as a function, or by its alias", async world =>
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete])
            {
                foreach (var (function, qualifier) in
                    ((string, string)[])[("doesnotexist", "noalias"), ("echo", "noalias"), ("echo", "10")])
                {
                    var arn = $"{RecordedWorld.Echo.Replace("echo", function, StringComparison.Ordinal)}:{qualifier}";
                    var body = method == HttpMethod.Put ? """{"ProvisionedConcurrentExecutions":1}""" : null;
                    Answers.AssertError(
                        await world.SendAsync(method, $"{Path(function)}?Qualifier={qualifier}", body), 404,
                        "ResourceNotFoundException", qualifier == "10" ? $"Function not found: {arn}"
                            : $"Cannot find alias arn: {arn}", "Message");
                }
            }

            Answers.AssertError(await world.GetAsync($"{Path("doesnotexist")}?List=ALL"), 404,
                "ResourceNotFoundException", $"Function not found: "
                + RecordedWorld.Echo.Replace("echo", "doesnotexist", StringComparison.Ordinal), "Message");
        }),
        new(About, "At least one environment is provisioned", async world =>
        {
            await PublishAsync(world);
            Answers.AssertError(await PutAsync(world, "1", 0), 400, "ValidationException",
                "1 validation error detected: Value '0' at 'provisionedConcurrentExecutions' failed to satisfy "
                + "constraint: Member must have value greater than or equal to 1", "message", type: null);
        }),
        new(About, "A version has it itself or by an alias", async world =>
        {
            await PublishAsync(world);
            await AliasAsync(world, "live", "1");
            await PutAsync(world, "1", 1);
            Answers.AssertError(await PutAsync(world, "live", 1), 409, "ResourceConflictException", "Alias can't be "
                + "used for Provisioned Concurrency configuration on an already Provisioned version", "message");
            Assert.Equal(204, (await world.SendAsync(HttpMethod.Delete, $"{Path("echo")}?Qualifier=1")).Status);
            AssertNone(await GetAsync(world, "1"));
            Assert.Equal(202, (await PutAsync(world, "live", 1)).Status);
            Answers.AssertError(await PutAsync(world, "1", 1), 409, "ResourceConflictException",
                "Version is pointed by a Provisioned Concurrency alias", "message");
            await world.SendAsync(HttpMethod.Delete, $"{Aliases}/live");
            Answers.AssertError(await GetAsync(world, "live"), 404, "ResourceNotFoundException",
                $"Cannot find alias arn: {RecordedWorld.Echo}:live", "Message");
            Answers.AssertJson("""{"ProvisionedConcurrencyConfigs":[]}""",
                (await world.GetAsync($"{Path("echo")}?List=ALL")).Json);
        }),
        new(About, "It leaves a hundred executions to the account, and is not more than there are", async world =>
        {
            await PublishAsync(world);
            Answers.AssertError(await PutAsync(world, "1", 1_001), 400, "InvalidParameterValueException",
                "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [1000].",
                "message", type: null);
            Answers.AssertError(await PutAsync(world, "1", 901), 400, "InvalidParameterValueException",
                "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below "
                + "its minimum value of [100].", "message", type: null);
        }),
    ];

    private static string Path(string function) => $"/2019-09-30/functions/{function}/provisioned-concurrency";

    private static Task<LambdaAnswer> PutAsync(RecordedWorld world, string qualifier, int executions) =>
        world.SendAsync(HttpMethod.Put, $"{Path("echo")}?Qualifier={qualifier}",
            $$"""{"ProvisionedConcurrentExecutions":{{executions}}}""");

    private static Task<LambdaAnswer> GetAsync(RecordedWorld world, string qualifier) =>
        world.GetAsync($"{Path("echo")}?Qualifier={qualifier}");

    private static Task<LambdaAnswer> ReserveAsync(RecordedWorld world, int executions) =>
        world.SendAsync(HttpMethod.Put, "/2017-10-31/functions/echo/concurrency",
            $$"""{"ReservedConcurrentExecutions":{{executions}}}""");

    private static Task<LambdaAnswer> AliasAsync(RecordedWorld world, string name, string version) =>
        world.SendAsync(HttpMethod.Post, Aliases, $$"""{"Name":"{{name}}","FunctionVersion":"{{version}}"}""");

    /// <summary>Publishes what the function is, with another timeout if one is given.</summary>
    private static async Task PublishAsync(RecordedWorld world, int? timeout = null)
    {
        if (timeout is not null)
            await world.SendAsync(HttpMethod.Put, $"{RecordedWorld.Functions}echo/configuration",
                $$"""{"Timeout":{{timeout}}}""");
        var published = await world.SendAsync(HttpMethod.Post, $"{RecordedWorld.Functions}echo/versions", "{}");
        Assert.Equal(201, published.Status);
    }

    private static async Task MovedAsync(RecordedWorld world)
    {
        await PublishAsync(world);
        await AliasAsync(world, "live", "1");
        await PutAsync(world, "live", 1);
        world.Lambda.Pool.Allocate();
        await PublishAsync(world, 10);
        await world.SendAsync(HttpMethod.Put, $"{Aliases}/live", """{"FunctionVersion":"2"}""");
    }

    private static async Task<string> TypeAsync(RecordedWorld world, string function)
    {
        var type = "";
        world.Lambda.Pool.Run = (configuration, _) =>
        {
            type = configuration.InitializationType;
            return ValueTask.FromResult(EnvironmentsInName.Success("1"));
        };
        Assert.Equal(200, (await world.Lambda.InvokeAsync(function, "{}")).Status);
        return type;
    }

    private static void AssertShown(
        LambdaAnswer answer, int allocated, int requested, string status, string more = "")
    {
        var shown = answer.Json.AsObject();
        Answers.AssertForm(shown, "LastModified", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$");
        Answers.AssertJson($$"""
            {"AllocatedProvisionedConcurrentExecutions":{{allocated}},
            "AvailableProvisionedConcurrentExecutions":{{allocated}},"LastModified":"-",
            "RequestedProvisionedConcurrentExecutions":{{requested}},"Status":"{{status}}"{{more}} }
            """, shown);
    }

    private static void AssertNone(LambdaAnswer answer) => Answers.AssertError(
        answer, 404, "ProvisionedConcurrencyConfigNotFoundException",
        "No Provisioned Concurrency Config found for this function", "message");

    private static void AssertThrottled(LambdaAnswer answer) => Answers.AssertError(
        answer, 429, "TooManyRequestsException", "Rate Exceeded.", "message",
        reason: "ReservedFunctionConcurrentInvocationLimitExceeded");
}
