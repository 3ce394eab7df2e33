using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Lambda.Control;

/// <summary>A client that nobody here wrote: boto3, where this machine has it.</summary>
public sealed class BotoTests
{
    [Fact]
    public async Task Boto3_finds_the_service_it_knows()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync(LambdaOnPortZero.Function("Echo", "echo")
            + LambdaOnPortZero.Function("Off", "off", "      ReservedConcurrentExecutions: 0"));
        lambda.Pool.Run = (_, request) =>
        {
            var log = Encoding.UTF8.GetBytes("END RequestId: " + request.RequestId);
            return ValueTask.FromResult(EnvironmentsInName.Success(request.Payload.ToArray()) with { LogTail = log });
        };

        var seen = await RunAsync(lambda.Address, "Lambda", "Control", "invoke.py");

        var sync = seen["sync"]!;
        Assert.Equal((200, """{"a":1}""", "$LATEST"),
            ((int)sync["status"]!, (string?)sync["payload"], (string?)sync["version"]));
        Assert.Null(sync["error"]);
        Assert.Equal($"END RequestId: {sync["requestId"]}", (string?)sync["log"]);
        Assert.Equal("""{"status":202,"payload":""}""", seen["event"]!.ToJsonString());
        Assert.Equal(204, (int)seen["dry"]!);
        Assert.Equal("arn:aws:lambda:us-east-1:000000000000:function:echo", (string?)seen["arn"]);
        Assert.Equal("""["echo","off"]""", seen["functions"]!.ToJsonString());
        Assert.Equal("[]", seen["mappings"]!.ToJsonString());
        AssertError(seen["missing"], "ResourceNotFoundException", 404,
            "Function not found: arn:aws:lambda:us-east-1:000000000000:function:missing:$LATEST");
        AssertError(seen["off"], "TooManyRequestsException", 429, "Rate Exceeded.");
        Assert.Equal("ReservedFunctionConcurrentInvocationLimitExceeded", (string?)seen["off"]!["reason"]);
        AssertError(seen["notJson"], "InvalidRequestContentException", 400);
        AssertError(seen["tooLarge"], "RequestTooLargeException", 413,
            "6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)");
        AssertError(seen["qualifier"], "ResourceNotFoundException", 404);
        Assert.Equal("UnknownOperationException", (string?)seen["unbuilt"]!["code"]);
        AssertVersions(seen["versions"]!);
    }

    private static void AssertVersions(JsonNode versions)
    {
        AssertError(versions["taken"], "ResourceConflictException", 409,
            "Alias already exists: arn:aws:lambda:us-east-1:000000000000:function:echo:canary");
        AssertError(versions["named"], "ResourceConflictException", 409);
        versions.AsObject().Remove("taken");
        versions.AsObject().Remove("named");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {"published":["1","2"],"weights":{"2":0.25},"listed":["$LATEST","1","2"],"aliases":[["canary","2"]],
            "got":"arn:aws:lambda:us-east-1:000000000000:function:echo:canary","invoked":200,"variables":{"KEY":"x"},
            "left":["$LATEST","2"]}
            """), versions), versions.ToJsonString());
    }

    private static void AssertError(JsonNode? error, string name, int status, string? message = null)
    {
        // The class is made from the service's model, so its name says that the client knew the error.
        Assert.Equal((name, name, status), ((string?)error!["type"], (string?)error["code"], (int)error["status"]!));
        if (message is not null) Assert.Equal(message, (string?)error["message"]);
    }

    /// <summary>Runs a script, which is beside its test, and reads what it prints.</summary>
    internal static async Task<JsonNode> RunAsync(Uri endpoint, params string[] path)
    {
        var script = Path.Combine([AppContext.BaseDirectory, .. path]);
        var (status, output, errors) = await PythonAsync([script, endpoint.ToString()]);
        if (status != 0 && errors.Contains("ModuleNotFoundError", StringComparison.Ordinal))
            Assert.Skip("python3 has no boto3 on this machine.");
        Assert.True(status == 0, errors);
        return JsonNode.Parse(output)!;
    }

    private static async Task<(int Status, string Output, string Errors)> PythonAsync(string[] arguments)
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = python.StandardError.ReadToEndAsync();
            var output = await python.StandardOutput.ReadToEndAsync();
            await python.WaitForExitAsync();
            return (python.ExitCode, output, await errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no python3 on this machine.");
            throw;
        }
    }
}
