using System.Text;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Lambda.Control;

/// <summary>Lambda as other services reach it: by ARN, and waited for.</summary>
public sealed class InvokerTests
{
    [Fact]
    public async Task A_function_is_found_by_its_ARN_and_its_answer_comes_back()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var answer = await InvokeAsync(lambda, "echo", """{"a":1}""");
        Assert.Equal(("""{"a":1}""", null, "$LATEST"),
            (Encoding.UTF8.GetString(answer.Payload.Span), answer.FunctionError, answer.ExecutedVersion));
        Assert.Contains("Root=1-00000000-000000000000000000000001", Assert.Single(lambda.Pool.Requests).TraceId!);
    }

    [Fact]
    public async Task A_functions_error_is_an_answer()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Failure());
        Assert.Equal("Unhandled", (await InvokeAsync(lambda, "echo", "{}")).FunctionError);
    }

    [Theory]
    [InlineData("nothing", "{}", "ResourceNotFoundException")]
    [InlineData("echo:7", "{}", "ResourceNotFoundException")]
    [InlineData("echo", "{", "InvalidRequestContentException")]
    [InlineData("off", "{}", "TooManyRequestsException")]
    public async Task What_Lambda_refuses_is_thrown(string name, string payload, string code)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync(LambdaOnPortZero.Function("Echo", "echo")
            + LambdaOnPortZero.Function("Off", "off", "      ReservedConcurrentExecutions: 0"));
        var error = await Assert.ThrowsAsync<AwsException>(() => InvokeAsync(lambda, name, payload));
        Assert.Equal(code, error.Code);
    }

    [Fact]
    public async Task An_event_of_6_MiB_is_taken_and_no_larger_one()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        await InvokeAsync(lambda, "echo", $"\"{new string('x', 6_291_454)}\"");
        var error = await Assert.ThrowsAsync<AwsException>(
            () => InvokeAsync(lambda, "echo", $"\"{new string('x', 6_291_455)}\""));
        Assert.Equal(413, error.Status);
    }

    private static async Task<InvocationAnswer> InvokeAsync(LambdaOnPortZero lambda, string name, string payload)
    {
        IInvoker invoker = lambda.Module;
        Assert.Equal("lambda", invoker.Service);
        return await invoker.InvokeAsync(
            new Arn("aws", "lambda", "us-east-1", LambdaOnPortZero.Account, $"function:{name}"),
                Encoding.UTF8.GetBytes(payload),
            "Root=1-00000000-000000000000000000000001", default);
    }
}
