using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Isobar.Local.Deployment;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.ApiGateway;

/// <summary>Stands in for Lambda: the template declares functions, the test says what they answer.</summary>
internal sealed class StubFunctions : IInvoker, ITarget, IResourceProvider
{
    /// <summary>What a function answers; 200 with its event as the body unless a test says otherwise.</summary>
    public Func<string, JsonNode?, ValueTask<InvocationAnswer>> Run { get; set; } = (_, payload) =>
        ValueTask.FromResult(Success(new JsonObject { ["statusCode"] = 200, ["body"] = payload!.ToJsonString() }));

    /// <summary>Every invocation that was waited for: the function's name and its event.</summary>
    public ConcurrentQueue<(string Function, JsonNode? Payload)> Invocations { get; } = new();

    /// <summary>Every event that was queued.</summary>
    public ConcurrentQueue<(string Function, JsonNode? Payload)> Events { get; } = new();

    /// <summary>What is said of a payload that is not JSON.</summary>
    public const string NotJson = "Could not parse request body into json: where and why";

    public string Service => "lambda";

    public IReadOnlyCollection<string> ResourceTypes => ["AWS::Lambda::Function"];

    public static InvocationAnswer Success(string payload) => new(Encoding.UTF8.GetBytes(payload), null, "$LATEST");

    public static InvocationAnswer Success(JsonNode payload) => Success(payload.ToJsonString());

    public static InvocationAnswer Failure(string message) =>
        Success(new JsonObject { ["errorType"] = "Error",
            ["errorMessage"] = message }) with { FunctionError = "Unhandled" };

    public bool Exists(Arn resource) => resource.Resource.StartsWith("function:", StringComparison.Ordinal);

    public ValueTask<InvocationAnswer> InvokeAsync(
        Arn function, ReadOnlyMemory<byte> payload, string? traceId, CancellationToken cancellationToken)
    {
        var json = Read(payload);
        Invocations.Enqueue((Name(function), json));
        return Run(Name(function), json);
    }

    public ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken)
    {
        Events.Enqueue((Name(resource), Read(happened.Payload)));
        return ValueTask.CompletedTask;
    }

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        foreach (var name in declaration.Properties.Names.ToArray()) declaration.Properties.OptionalJson(name);
        var id = declaration.LogicalId;
        return ValueTask.FromResult(new DeployedResource(id, declaration.Type, id, id, new Dictionary<string, string>
        {
            ["Arn"] = $"arn:aws:lambda:us-east-1:{ModuleOnPortZero.AccountId}:function:{id}",
        }));
    }

    /// <summary>As Lambda does, refuses what is not JSON.</summary>
    private static JsonNode? Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return JsonNode.Parse(payload.Span);
        }
        catch (JsonException)
        {
            throw new AwsException("InvalidRequestContentException", NotJson);
        }
    }

    private static string Name(Arn function) => function.Resource.Split(':')[1];
}
