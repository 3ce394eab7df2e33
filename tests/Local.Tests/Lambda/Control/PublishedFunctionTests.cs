using Isobar.Local.Lambda.EventSources;

namespace Isobar.Local.Tests.Lambda.Control;

/// <summary>A template's versions and aliases, and what refers to them.</summary>
public sealed class PublishedFunctionTests
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:echo";

    private const string Published = """
          Release:
            Type: AWS::Lambda::Version
            Properties: {FunctionName: !Ref Echo, Description: as deployed}
          Live:
            Type: AWS::Lambda::Alias
            Properties: {Name: live, FunctionName: !Ref Echo, FunctionVersion: !GetAtt Release.Version}
          Retries:
            Type: AWS::Lambda::EventInvokeConfig
            DependsOn: Live
            Properties: {FunctionName: !Ref Echo, Qualifier: live, MaximumRetryAttempts: 0}
          Chunks:
            Type: AWS::Lambda::EventSourceMapping
            Properties: {FunctionName: !Ref Live, EventSourceArn: arn:aws:sqs:us-east-1:000000000000:work}

        """;

    [Fact]
    public async Task A_deployment_publishes_a_version_and_points_the_alias_to_it()
    {
        await using var lambda = await StartAsync();

        var alias = await lambda.SendAsync(HttpMethod.Get, "/2015-03-31/functions/echo/aliases/live");
        var version = await lambda.SendAsync(HttpMethod.Get, "/2015-03-31/functions/echo/configuration?Qualifier=1");

        Assert.Equal(("1", $"{Arn}:live"), ((string?)alias.Json["FunctionVersion"], (string?)alias.Json["AliasArn"]));
        Assert.Equal("as deployed", (string?)version.Json["Description"]);
    }

    [Fact]
    [Claim("V3")]
    [Claim("V6")]
    public async Task A_mapping_of_an_alias_runs_the_version_that_the_alias_has_when_the_batch_is_read()
    {
        await using var lambda = await StartAsync();
        await lambda.SendAsync(HttpMethod.Put, "/2015-03-31/functions/echo/configuration",
            new StringContent("""{"Timeout":9}"""));
        await lambda.SendAsync(
            HttpMethod.Post, "/2015-03-31/functions/echo/versions", new StringContent("{}"));
        var executed = new List<string>();
        lambda.Pool.Run = (function, _) =>
        {
            executed.Add(function.Version);
            return ValueTask.FromResult(EnvironmentsInName.Success("{}"));
        };

        await SendAsync("first");
        await lambda.SendAsync(HttpMethod.Put, "/2015-03-31/functions/echo/aliases/live",
            new StringContent("""{"FunctionVersion":"2"}"""));
        await SendAsync("second");

        Assert.Equal(["1", "2"], executed);
        Assert.All(lambda.Pool.Requests, request => Assert.Equal($"{Arn}:live", request.InvokedFunctionArn));
        var mapping = await lambda.SendAsync(HttpMethod.Get, "/2015-03-31/event-source-mappings/");
        Assert.Equal($"{Arn}:live", (string?)mapping.Json["EventSourceMappings"]![0]!["FunctionArn"]);

        async Task SendAsync(string body)
        {
            var journal = lambda.World.Journal;
            var seen = journal.LastSequence;
            lambda.Queue.Send(body);
            await journal.WaitForAsync<BatchSucceeded>(_ => true, TimeSpan.FromSeconds(20), seen);
        }
    }

    [Fact]
    public async Task The_settings_of_asynchronous_invocation_are_the_aliass()
    {
        await using var lambda = await StartAsync();

        var alias = await lambda.SendAsync(
            HttpMethod.Get, "/2019-09-25/functions/echo/event-invoke-config?Qualifier=live");
        var latest = await lambda.SendAsync(HttpMethod.Get, "/2019-09-25/functions/echo/event-invoke-config");

        Assert.Equal((200, 0), (alias.Status, (int)alias.Json["MaximumRetryAttempts"]!));
        Assert.Equal(404, latest.Status);
    }

    [Theory]
    [InlineData("FunctionVersion: '7'", "Function not found: arn:aws:lambda:us-east-1:000000000000:function:echo:7")]
    [InlineData("FunctionVersion: '1', Name: '7'", "at 'name' failed to satisfy constraint")]
    [InlineData("FunctionVersion: '1', RoutingConfig: {AdditionalVersionWeights: [{FunctionVersion: '1', "
        + "FunctionWeight: 0.5}]}", "already included in routing configuration")]
    [InlineData("FunctionVersion: '1', RoutingConfig: {AdditionalVersionWeights: [{FunctionVersion: '2', "
        + "FunctionWeight: half}]}", "FunctionWeight must be a number from 0 to 1")]
    public async Task An_alias_that_AWS_would_refuse_stops_the_deployment(string properties, string message)
    {
        var name = properties.Contains("Name:", StringComparison.Ordinal) ? "" : "Name: live, ";
        var error = await Assert.ThrowsAsync<Isobar.Local.Deployment.DeploymentException>(async () =>
        {
            await using var lambda = await LambdaOnPortZero.StartAsync(LambdaOnPortZero.Function("Echo", "echo") + $$"""
                  Release:
                    Type: AWS::Lambda::Version
                    Properties: {FunctionName: !Ref Echo}
                  Other:
                    Type: AWS::Lambda::Alias
                    DependsOn: Release
                    Properties: { FunctionName: !Ref Echo, {{name}}{{properties}} }

                """);
        });

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static Task<LambdaOnPortZero> StartAsync() =>
        LambdaOnPortZero.StartAsync(LambdaOnPortZero.Function("Echo", "echo") + Published);
}
