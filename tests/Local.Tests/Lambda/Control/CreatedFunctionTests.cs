using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Isobar.Local.Tests.Lambda.Code;

namespace Isobar.Local.Tests.Lambda.Control;

/// <summary>Functions that were created by the API, as they run.</summary>
public sealed class CreatedFunctionTests
{
    private const string Functions = "/2015-03-31/functions";

    [Fact]
    public async Task A_dotnet_function_runs_from_its_zip_file()
    {
        await using var lambda = await LambdaOnPortZero.StartWithProbesAsync();
        var zip = ZipBytes.OfFolder(ProbeFolder());

        var created = await CreateAsync(lambda, "zipped", "dotnet10", "Probe", zip);
        var answer = await lambda.InvokeAsync("zipped", """{"echo":"from a zip"}""");

        Assert.Equal(201, created.Status);
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(zip)), (string?)created.Json["CodeSha256"]);
        Assert.Equal(zip.Length, (int)created.Json["CodeSize"]!);
        Assert.Equal((200, null), (answer.Status, answer.Header("X-Amz-Function-Error")));
    }

    [Fact]
    public async Task A_custom_runtime_runs_its_bootstrap_and_the_next_code_after_an_update()
    {
        await using var lambda = await LambdaOnPortZero.StartWithProbesAsync();
        await CreateAsync(lambda, "custom", "provided.al2023", "any", Bootstrap("first"));

        var first = await lambda.InvokeAsync("custom", "{}");
        await lambda.SendAsync(HttpMethod.Post, $"{Functions}/custom/versions", new StringContent("{}"));
        var updated = await UpdateAsync(lambda, "custom", Bootstrap("second"));
        var second = await lambda.InvokeAsync("custom", "{}");
        var published = await lambda.InvokeAsync("custom:1", "{}");

        Assert.Equal(200, updated.Status);
        Assert.Equal(("\"first\"", "\"second\"", "\"first\""), (first.Body, second.Body, published.Body));
    }

    [Fact]
    public async Task A_function_in_JavaScript_runs_under_Lambdas_own_client()
    {
        RuntimeClients.Require("nodejs22.x");
        await using var lambda = await LambdaOnPortZero.StartWithProbesAsync();
        var zip = ZipBytes.Of(("index.mjs", """
            export const handler = async (event, context) => {
              console.log("said by JavaScript");
              if (event.fail) throw new Error("on purpose");
              return { got: event, name: context.functionName, root: process.env.LAMBDA_TASK_ROOT };
            };
            """));

        var created = await CreateAsync(lambda, "script", "nodejs22.x", "index.handler", zip);
        Assert.True(created.Status == 201, created.Body);
        var answer = await lambda.InvokeAsync("script", """{"n":1}""", ("X-Amz-Log-Type", "Tail"));
        var failed = await lambda.InvokeAsync("script", """{"fail":true}""");

        Assert.Equal((1, "script"), ((int)answer.Json["got"]!["n"]!, (string?)answer.Json["name"]));
        Assert.Contains("said by JavaScript", System.Text.Encoding.UTF8.GetString(
            Convert.FromBase64String(answer.Header("X-Amz-Log-Result")!)));
        Assert.Equal(("Unhandled", "on purpose"),
            (failed.Header("X-Amz-Function-Error"), (string?)failed.Json["errorMessage"]));
    }

    [Fact]
    public async Task A_handler_that_is_not_in_the_package_is_named_in_the_error()
    {
        RuntimeClients.Require("nodejs22.x");
        await using var lambda = await LambdaOnPortZero.StartWithProbesAsync();
        await CreateAsync(lambda, "script", "nodejs22.x", "missing.handler", ZipBytes.Of(("index.mjs", "")));

        var answer = await lambda.InvokeAsync("script", "{}");

        Assert.Equal("Unhandled", answer.Header("X-Amz-Function-Error"));
        Assert.Contains("Cannot find module 'missing'", (string?)answer.Json["errorMessage"]);
    }

    [Fact]
    public async Task A_runtime_whose_client_is_missing_is_refused_with_what_to_install()
    {
        var folder = Directory.CreateTempSubdirectory("no clients ");
        try
        {
            var node = Path.Combine(folder.CreateSubdirectory("bin").FullName, "node");
            await File.WriteAllTextAsync(node, "", TestContext.Current.CancellationToken);
            var languages = new Isobar.Local.Lambda.Processes.LanguageRuntimes(node, null, null);
            var runtimes = new Isobar.Local.Lambda.Control.RuntimeSupport(languages);

            var script = Assert.Throws<Isobar.Local.Wire.AwsException>(() => runtimes.Check("nodejs22.x"));
            var snake = Assert.Throws<Isobar.Local.Wire.AwsException>(() => runtimes.Check("python3.13"));
            var java = Assert.Throws<Isobar.Local.Wire.AwsException>(() => runtimes.Check("java21"));

            Assert.Equal("The runtime nodejs22.x is not supported on this host: it needs Lambda's runtime client for "
                + $"Node.js, which is neither in {folder.FullName}/lib/node_modules; install it by: npm install "
                + "--global aws-lambda-ric, or into a folder that --runtime-clients names.", script.Message);
            Assert.Contains("there is no python3 on the PATH", snake.Message);
            Assert.StartsWith("The runtime java21 is not supported on this host: it must be one of", java.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_dry_run_tells_of_the_code_and_keeps_the_one_before()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        await CreateAsync(lambda, "dry", "dotnet10", "Dry", ZipBytes.Of(("Dry.dll", "1")));
        var zip = ZipBytes.Of(("Dry.dll", "2"));

        var answer = await UpdateAsync(lambda, "dry", zip, ("DryRun", true));
        var after = await lambda.SendAsync(HttpMethod.Get, $"{Functions}/dry/configuration");

        Assert.Equal(Convert.ToBase64String(SHA256.HashData(zip)), (string?)answer.Json["CodeSha256"]);
        Assert.NotEqual((string?)answer.Json["CodeSha256"], (string?)after.Json["CodeSha256"]);
    }

    [Fact]
    public async Task An_update_of_the_code_is_guarded_by_the_revision()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        await CreateAsync(lambda, "guarded", "dotnet10", "Guarded", ZipBytes.Of(("Guarded.dll", "1")));

        var refused = await UpdateAsync(lambda, "guarded", ZipBytes.Of(("Guarded.dll", "2")), ("RevisionId", "other"));

        Assert.Equal((412, "PreconditionFailedException"), (refused.Status, refused.Header("x-amzn-ErrorType")));
    }

    [Fact]
    public async Task A_function_of_a_name_that_is_taken_is_a_conflict()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var refused = await CreateAsync(lambda, "echo", "dotnet10", "Echo", ZipBytes.Of(("Echo.dll", "1")));

        Assert.Equal((409, "Function already exist: echo"), (refused.Status, (string?)refused.Json["message"]));
    }

    [Fact]
    public async Task A_function_that_is_created_again_has_nothing_of_the_one_before()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var zip = ZipBytes.Of(("Again.dll", "1"));
        await CreateAsync(lambda, "again", "dotnet10", "Again", zip);
        await lambda.SendAsync(HttpMethod.Put, "/2019-09-25/functions/again/event-invoke-config",
            new StringContent("""{"MaximumRetryAttempts":0}"""));
        await lambda.SendAsync(HttpMethod.Post, $"{Functions}/again/policy", new StringContent("""
            {"StatementId":"s","Action":"lambda:InvokeFunction","Principal":"*"}
            """));

        await lambda.SendAsync(HttpMethod.Delete, $"{Functions}/again");
        await CreateAsync(lambda, "again", "dotnet10", "Again", zip);

        foreach (var path in (string[])["/2019-09-25/functions/again/event-invoke-config", $"{Functions}/again/policy"])
            Assert.Equal(404, (await lambda.SendAsync(HttpMethod.Get, path)).Status);
    }

    [Theory]
    [InlineData("""{"VpcConfig":{"SubnetIds":["subnet-1"]}}""", "VpcConfig is not supported on this host")]
    [InlineData("""{"EphemeralStorage":{"Size":1024}}""", "EphemeralStorage is not supported on this host")]
    [InlineData("""{"SnapStart":{"ApplyOn":"PublishedVersions"}}""", "SnapStart is not supported on this host")]
    [InlineData("""{"KMSKeyArn":"arn:aws:kms:x"}""", "KMSKeyArn is not supported on this host")]
    public async Task A_setting_that_is_not_here_is_refused(string json, string message)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var answer = await lambda.SendAsync(
            HttpMethod.Put, $"{Functions}/echo/configuration", new StringContent(json));

        Assert.Equal((400, "InvalidParameterValueException"), (answer.Status, answer.Header("x-amzn-ErrorType")));
        Assert.StartsWith(message, (string?)answer.Json["message"]);
    }

    internal static Task<LambdaAnswer> CreateAsync(
        LambdaOnPortZero lambda, string name, string runtime, string handler, byte[] zip) =>
        lambda.SendAsync(HttpMethod.Post, Functions, new StringContent(new JsonObject
        {
            ["FunctionName"] = name, ["Runtime"] = runtime, ["Handler"] = handler, ["MemorySize"] = 512,
            ["Timeout"] = 30, ["Role"] = "arn:aws:iam::000000000000:role/any",
            ["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(zip) },
        }.ToJsonString()));

    private static Task<LambdaAnswer> UpdateAsync(
        LambdaOnPortZero lambda, string name, byte[] zip, params (string Name, JsonNode Value)[] more)
    {
        var body = new JsonObject { ["ZipFile"] = Convert.ToBase64String(zip) };
        foreach (var (member, value) in more) body[member] = value;
        return lambda.SendAsync(
            HttpMethod.Put, $"{Functions}/{name}/code", new StringContent(body.ToJsonString()));
    }

    // The Probe is beside these tests: artifacts/bin/Probe/<configuration>.
    private static string ProbeFolder()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(output.Parent!.Parent!.FullName, "Probe", output.Name);
    }

    /// <summary>A runtime of its own in Bash: it answers each event with one text.</summary>
    private static byte[] Bootstrap(string answer) => ZipBytes.OfProgram("bootstrap", $$"""
        #!/bin/bash
        exchange() {
          exec 3<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API%:*}/${AWS_LAMBDA_RUNTIME_API#*:}"
          printf '%s\r\n' "$1 /2018-06-01/runtime/invocation/$2 HTTP/1.1" 'Host: runtime' 'Connection: close' \
            "Content-Length: ${#3}" '' >&3
          printf '%s' "$3" >&3
          response=$(cat <&3)
          exec 3>&-
        }
        while :; do
          exchange GET next ''
          id=$(grep -i '^lambda-runtime-aws-request-id:' <<< "$response" | tr -d '\r' | cut -d' ' -f2)
          exchange POST "$id/response" '"{{answer}}"'
        done
        """);
}
