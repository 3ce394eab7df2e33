using System.Text.Json.Nodes;
using Isobar.Stories.Claims;

namespace Isobar.Stories.Releases;

/// <summary>
/// Functions that are published: one that is asked a lot, and one that every kind of caller names in every form.
/// </summary>
public sealed class ReleaseFixture : ProbeFixture
{
    /// <summary>How a caller may name the function Named: what stands behind its ARN.</summary>
    public static readonly string[] Forms = ["", ":$LATEST", ":1", ":live"];

    private static readonly string[] Ids = ["Plain", "Latest", "Numbered", "Aliased"];

    private const string Path = "lambda:path/2015-03-31/functions";

    private const string Answers = """PROBE_EVENT: '{"do":"environment"}'""";

    private protected override string Resources =>
        Function("Asked", "AutoPublishAlias: live")
        + Function("Named", "AutoPublishAlias: live", Answers)
        + string.Concat(Ids.Zip(Forms, Callers))
        + Api;

    /// <summary>The logical ids of what calls by a form begin with this.</summary>
    internal static string IdOf(string form) => Ids[Array.IndexOf(Forms, form)];

    /// <summary>What a path of the API answers, which calls by a form.</summary>
    internal Uri Call(string form) =>
        new(Stack.Host.Address, $"/_aws/execute-api/{Stack.Stack.NameOf("Api")}/live/{IdOf(form)}");

    internal async Task<JsonNode> PublishAsync(string function) => await Stack.Stack.Calls.LambdaAsync(
        HttpMethod.Post, $"/2015-03-31/functions/{Stack.Stack.NameOf(function)}/versions", new JsonObject());

    internal async Task<JsonNode> ConfigureAsync(string function, JsonObject change) =>
        await Stack.Stack.Calls.LambdaAsync(
            HttpMethod.Put, $"/2015-03-31/functions/{Stack.Stack.NameOf(function)}/configuration", change);

    internal async Task<JsonNode> MoveAsync(string function, JsonObject change) =>
        await Stack.Stack.Calls.LambdaAsync(
            HttpMethod.Put, $"/2015-03-31/functions/{Stack.Stack.NameOf(function)}/aliases/live", change);

    // A queue with a mapping, a function with a destination, and settings of asynchronous invocation.
    private static string Callers(string id, string form)
    {
        var target = $"!Sub '${{Named.Arn}}{form}'";
        return $$"""
              {{id}}Work: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 90} }
              {{id}}Mapping:
                Type: AWS::Lambda::EventSourceMapping
                DependsOn: NamedAliaslive
                Properties: {EventSourceArn: !GetAtt {{id}}Work.Arn, FunctionName: {{target}} }
              {{id}}Permission:
                Type: AWS::Lambda::Permission
                DependsOn: NamedAliaslive
                Properties: {Action: 'lambda:InvokeFunction', FunctionName: {{target}},
                  Principal: apigateway.amazonaws.com}

            """
            + Function(id, "EventInvokeConfig: {DestinationConfig: {OnSuccess: {Type: Lambda, Destination: "
                + target + "}}}")
            + (form.Length == 0 ? "" : $$"""
              {{id}}Retries:
                Type: AWS::Lambda::EventInvokeConfig
                DependsOn: NamedAliaslive
                Properties: {FunctionName: !Ref Named, Qualifier: '{{form[1..]}}', MaximumRetryAttempts: 1}

            """);
    }

    private static string Api =>
        """
          Api:
            Type: AWS::Serverless::Api
            DependsOn: NamedAliaslive
            Properties:
              StageName: live
              DefinitionBody:
                openapi: 3.0.1
                info: {title: Forms, version: '1'}
                paths:

        """
        + string.Concat(Ids.Zip(Forms, (id, form) => $$"""
                      /{{id}}:
                        post:
                          responses: {'200': {description: done} }
                          x-amazon-apigateway-integration: {type: aws, httpMethod: POST,
                            uri: !Sub 'arn:aws:apigateway:${AWS::Region}:{{Path}}/${Named.Arn}{{form}}/invocations',
                            responses: {default: {statusCode: 200} } }

            """));
}

/// <summary>The stack of functions that are published.</summary>
[CollectionDefinition(Name)]
public sealed class StackOfReleases : ICollectionFixture<ReleaseFixture>
{
    public const string Name = "functions that are published";
}
