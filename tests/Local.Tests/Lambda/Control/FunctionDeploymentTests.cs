using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Lambda.Control;

public sealed class FunctionDeploymentTests
{
    [Fact]
    public async Task A_function_runs_from_a_copy_that_a_rebuild_does_not_touch()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var first = await ConfigurationAsync(lambda);

        await File.WriteAllTextAsync(Path.Combine(lambda.CodeFolder, "Echo.dll"), "other code");

        Assert.Equal("code", await File.ReadAllTextAsync(Path.Combine(first.Folder, "Echo.dll")));
        await lambda.DeployAsync(LambdaOnPortZero.Function("Again", "again"));
        var second = await ConfigurationAsync(lambda, "again");
        Assert.NotEqual(first, second);
        Assert.Equal("other code", await File.ReadAllTextAsync(Path.Combine(second.Folder, "Echo.dll")));
    }

    [Fact]
    public async Task The_same_code_is_stored_once()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        Assert.Equal(await ConfigurationAsync(lambda, "echo"), await ConfigurationAsync(lambda, "narrow"));
    }

    [Fact]
    public async Task The_hash_tells_apart_the_same_bytes_under_other_names()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var before = await ConfigurationAsync(lambda);
        File.Move(Path.Combine(lambda.CodeFolder, "Echo.dll"), Path.Combine(lambda.CodeFolder, "Ech"));
        await File.WriteAllTextAsync(Path.Combine(lambda.CodeFolder, "Ech"), "o.dllcode");

        await lambda.DeployAsync(LambdaOnPortZero.Function("Again", "again"));

        Assert.NotEqual(before.Sha256, (await ConfigurationAsync(lambda, "again")).Sha256);
    }

    [Fact]
    public async Task A_function_that_was_not_built_stops_the_deployment_and_says_how_to_build_it()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        lambda.AddProject("functions/New");

        var error = await ErrorAsync(
            lambda, LambdaOnPortZero.Function("New", "new").Replace("functions/Echo", "functions/New"));

        Assert.Equal("template.yaml:2: New: CodeUri functions/New has not been built: there is nothing in "
            + "artifacts/bin/New/debug. Run: dotnet build functions/New -c Debug", error);
    }

    [Theory]
    [InlineData("Environment: {Variables: {AWS_REGION: x}}", "contains reserved keys that are currently not supported "
        + "for modification. Reserved keys used in this request: AWS_REGION")]
    [InlineData("Environment: {Variables: {1A: x}}", "Value '1A' at 'environment.variables'")]
    [InlineData("VpcConfig: {SubnetIds: []}", "property VpcConfig of AWS::Lambda::Function is not supported")]
    [InlineData("Timeout: 901", "Timeout must be an integer from 1 to 900")]
    [InlineData("ReservedConcurrentExecutions: 950", "below its minimum value of [100]")]
    [InlineData("Layers: [arn]", "Value '[arn]' at 'layers' failed to satisfy constraint: Member must satisfy")]
    public async Task A_setting_that_cannot_be_honoured_stops_the_deployment(string property, string message)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var error = await ErrorAsync(lambda, LambdaOnPortZero.Function("New", "new", "      " + property));

        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("r")]
    [InlineData("role/r")]
    [InlineData("arn:aws:iam::000000000000:role")]
    [InlineData("arn:aws:iam::000000000000:user/r")]
    [InlineData("arn:aws:sts::000000000000:role/r")]
    public async Task A_role_that_is_none_stops_the_deployment(string role)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var error = await ErrorAsync(lambda, LambdaOnPortZero.Function("New", "new").Replace(
            "arn:aws:iam::000000000000:role/echo", role, StringComparison.Ordinal));

        Assert.Contains("Role must be the ARN of a role", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environment_variables_may_hold_4_KB_as_JSON_and_no_more()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        // {"AB":"…"} is nine bytes around the value.
        string Variables(int bytes) => $"      Environment: {{Variables: {{AB: {new string('x', bytes - 9)}}}}}";

        await lambda.DeployAsync(LambdaOnPortZero.Function("Full", "full", Variables(4_096)));
        var error = await ErrorAsync(lambda, LambdaOnPortZero.Function("Over", "over", Variables(4_097)));

        Assert.Contains("exceeded the 4KB limit. String measured: {\"AB\":\"xxx", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changes_nothing_locally_is_listed()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var stack = await lambda.DeployAsync(LambdaOnPortZero.Function("New", "new", """
                  Architectures: [arm64]
                  TracingConfig: {Mode: Active}
                  EphemeralStorage: {Size: 1024}
            """));

        Assert.Equal(["Architectures", "EphemeralStorage", "TracingConfig"],
            stack.Inert.Select(setting => setting.Property).Order());
    }

    private static async Task<(string Folder, string Sha256)> ConfigurationAsync(
        LambdaOnPortZero lambda, string name = "echo")
    {
        var answer = await lambda.SendAsync(HttpMethod.Get, $"/2015-03-31/functions/{name}");
        var folder = new Uri((string)answer.Json["Code"]!["Location"]!).LocalPath;
        return (folder, (string)answer.Json["Configuration"]!["CodeSha256"]!);
    }

    private static async Task<string> ErrorAsync(LambdaOnPortZero lambda, string resources) =>
        (await Assert.ThrowsAsync<DeploymentException>(() => lambda.DeployAsync(resources))).Message;
}
