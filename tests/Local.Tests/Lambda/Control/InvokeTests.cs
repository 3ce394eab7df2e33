using System.Text;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Control;

public sealed class InvokeTests
{
    [Fact]
    [Claim("T6")]
    public async Task A_synchronous_invocation_answers_with_the_functions_response()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var answer = await lambda.InvokeAsync("echo", """{"a":1}""");

        Assert.Equal(200, answer.Status);
        Assert.Equal("""{"a":1}""", answer.Body);
        Assert.Equal("$LATEST", answer.Header("X-Amz-Executed-Version"));
        Assert.Null(answer.Header("X-Amz-Function-Error"));
        Assert.Null(answer.Header("X-Amz-Log-Result"));
        Assert.Equal(Assert.Single(lambda.Pool.Requests).RequestId, answer.Header("x-amzn-RequestId"));
    }

    [Fact]
    public async Task A_function_error_is_still_200_and_named_in_a_header()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Failure("InvalidOperationException"));

        var answer = await lambda.InvokeAsync("echo", "{}");

        Assert.Equal(200, answer.Status);
        Assert.Equal("Unhandled", answer.Header("X-Amz-Function-Error"));
        Assert.Equal("InvalidOperationException", (string?)answer.Json["errorType"]);
    }

    [Theory]
    [InlineData("echo", "")]
    [InlineData("echo:$LATEST", ":$LATEST")]
    [InlineData("echo?Qualifier=$LATEST", ":$LATEST")]
    [InlineData("function:echo", "")]
    [InlineData("000000000000:function:echo", "")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:echo", "")]
    [InlineData("arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Aecho%3A$LATEST", ":$LATEST")]
    [Claim("V3")]
    public async Task A_function_is_named_by_name_partial_ARN_or_ARN(string name, string qualifier)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var (path, query) = name.Split('?') is [var first, var second] ? (first, "?" + second) : (name, "");

        var answer = await lambda.SendAsync(
            HttpMethod.Post, $"/2015-03-31/functions/{path}/invocations{query}", new StringContent("{}"));

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            "arn:aws:lambda:us-east-1:000000000000:function:echo" + qualifier,
            Assert.Single(lambda.Pool.Requests).InvokedFunctionArn);
    }

    [Theory]
    [InlineData("missing", "", 404,
        "Function not found: arn:aws:lambda:us-east-1:000000000000:function:missing:$LATEST")]
    [InlineData("echo", "?Qualifier=live", 404,
        "Function not found: arn:aws:lambda:us-east-1:000000000000:function:echo:live")]
    [InlineData("echo:7", "", 404, "Function not found: arn:aws:lambda:us-east-1:000000000000:function:echo:7")]
    [InlineData("echo:1", "?Qualifier=2", 400,
        "The derived qualifier from the function name does not match the specified qualifier.")]
    [InlineData("arn:aws:lambda:eu-west-1:000000000000:function:echo", "", 404,
        "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')")]
    public async Task A_function_that_is_not_there_is_an_error_of_AWSs_shape(
        string name, string query, int status, string message)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var answer = await lambda.SendAsync(
            HttpMethod.Post, $"/2015-03-31/functions/{name}/invocations{query}", new StringContent("{}"));

        Assert.Equal(status, answer.Status);
        Assert.Equal("User", (string?)answer.Json["Type"]);
        Assert.Equal(message, (string?)(answer.Json["Message"] ?? answer.Json["message"]));
        Assert.Empty(lambda.Pool.Requests);
    }

    [Fact]
    public async Task A_name_with_a_character_that_no_name_has_is_a_validation_error()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var answer = await lambda.InvokeAsync("my-function!", "{}");

        Assert.Equal(400, answer.Status);
        Assert.Equal("ValidationException", answer.Header("x-amzn-ErrorType"));
        Assert.StartsWith("1 validation error detected: Value 'my-function!' at 'functionName' failed to satisfy "
            + "constraint: Member must satisfy regular expression pattern: (arn:", (string?)answer.Json["message"]);
    }

    [Fact]
    public async Task A_dry_run_checks_and_runs_nothing()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var known = await lambda.InvokeAsync("echo", "{}", ("X-Amz-Invocation-Type", "DryRun"));
        var unknown = await lambda.InvokeAsync("missing", "{}", ("X-Amz-Invocation-Type", "DryRun"));

        Assert.Equal((204, ""), (known.Status, known.Body));
        Assert.Equal(404, unknown.Status);
        Assert.Empty(lambda.Pool.Requests);
    }

    [Fact]
    public async Task The_log_tail_comes_back_in_base64_when_it_is_asked_for()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        lambda.Pool.Run = (_, request) => ValueTask.FromResult(EnvironmentsInName.Success("1") with
        {
            LogTail = request.LogTail ? Encoding.UTF8.GetBytes("START RequestId: 1\n") : default,
        });

        var answer = await lambda.InvokeAsync("echo", "{}", ("X-Amz-Log-Type", "Tail"));

        Assert.Equal("START RequestId: 1\n",
            Encoding.UTF8.GetString(Convert.FromBase64String(answer.Header("X-Amz-Log-Result")!)));
    }

    [Fact]
    public async Task The_client_context_reaches_the_runtime_as_JSON()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var context = Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"custom\":\n{\"k\":\"v\"}}"));

        await lambda.InvokeAsync("echo", "{}", ("X-Amz-Client-Context", context));

        Assert.Equal("""{"custom":{"k":"v"}}""", Assert.Single(lambda.Pool.Requests).ClientContext);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("WzFd")]
    [InlineData("ew==")]
    public async Task A_client_context_that_is_no_JSON_object_in_base64_is_refused(string context)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var answer = await lambda.InvokeAsync("echo", "{}", ("X-Amz-Client-Context", context));

        Assert.Equal("InvalidRequestContentException", answer.Header("x-amzn-ErrorType"));
        Assert.Equal("Client context must be a valid Base64-encoded JSON object.", (string?)answer.Json["message"]);
    }

    [Theory]
    [InlineData("X-Amz-Invocation-Type", "Later", "Value 'Later' at 'invocationType'")]
    [InlineData("X-Amz-Log-Type", "All", "Value 'All' at 'logType'")]
    [InlineData("X-Amz-Tenant-Id", "one", "X-Amz-Tenant-Id is not supported.")]
    public async Task A_header_that_means_nothing_here_is_refused(string header, string value, string message)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var answer = await lambda.InvokeAsync("echo", "{}", (header, value));

        Assert.Equal(400, answer.Status);
        Assert.Contains(message, (string?)answer.Json["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callers_trace_goes_on_and_without_one_a_new_one_begins()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        const string trace = "Root=1-65a1b2c3-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=1";

        await lambda.InvokeAsync("echo", "{}", ("X-Amzn-Trace-Id", trace + ";Lineage=x"));
        await lambda.InvokeAsync("echo", "{}", ("X-Amzn-Trace-Id", "Root=nonsense"));

        var traces = lambda.Pool.Requests.Select(request => request.TraceId).ToArray();
        Assert.Equal(trace, traces[0]);
        Assert.Matches("^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$", traces[1]);
    }

    [Fact]
    public async Task A_busy_host_is_a_service_error_and_never_a_throttle()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        lambda.Pool.Run = (_, _) => throw new HostSaturatedException(1_000);

        var answer = await lambda.InvokeAsync("echo", "{}");

        Assert.Equal(500, answer.Status);
        Assert.Equal("ServiceException", answer.Header("x-amzn-ErrorType"));
        Assert.Equal("Service", (string?)answer.Json["Type"]);
    }

    [Fact]
    [Claim("C4")]
    public async Task An_execution_beyond_the_reservation_is_throttled_with_its_reason()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var release = new TaskCompletionSource<InvocationOutcome>();
        var entered = new TaskCompletionSource();
        lambda.Pool.Run = (function, _) =>
        {
            if (function.FunctionName == "echo") return ValueTask.FromResult(EnvironmentsInName.Success("1"));
            entered.SetResult();
            return new ValueTask<InvocationOutcome>(release.Task);
        };
        var first = lambda.InvokeAsync("narrow", "{}");
        await entered.Task;

        var second = await lambda.InvokeAsync("narrow", "{}");
        var other = await lambda.InvokeAsync("echo", "{}");
        release.SetResult(EnvironmentsInName.Success("2"));

        Assert.Equal(429, second.Status);
        Assert.Equal("TooManyRequestsException", second.Header("x-amzn-ErrorType"));
        Assert.Equal("{\"Reason\":\"ReservedFunctionConcurrentInvocationLimitExceeded\",\"Type\":\"User\","
            + "\"message\":\"Rate Exceeded.\"}", second.Body);
        Assert.Equal(200, other.Status);
        Assert.Equal(200, (await first).Status);
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Success("3"));
        Assert.Equal("3", (await lambda.InvokeAsync("narrow", "{}")).Body);
        await lambda.FactAsync<InvocationThrottled>();
    }

    [Theory]
    [InlineData("GET", "/2020-06-30/functions/echo/code-signing-config")]
    [InlineData("GET", "/2015-03-31/functions/echo/aliases/")]
    [InlineData("GET", "/2015-03-31/functions/echo/aliases/a/b")]
    [InlineData("GET", "/2015-03-31/functions/echo/invocations")]
    [InlineData("GET", "/")]
    public async Task An_operation_that_is_not_built_is_unknown(string method, string path)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var answer = await lambda.SendAsync(new HttpMethod(method), path);

        Assert.Equal(404, answer.Status);
        Assert.Equal("UnknownOperationException", answer.Header("x-amzn-ErrorType"));
    }
}
