using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Deployment;
using Isobar.Local.Services;

namespace Isobar.Local.Tests.Services.ApiGateway;

/// <summary>Functions that a test plays: the template declares them, the test says what they answer.</summary>
internal sealed class FunctionsInName : IInvoker, ITarget, IResourceProvider
{
    /// <summary>What a function answers; 200 with its event as the body unless a test says otherwise.</summary>
    public Func<string, JsonNode?, ValueTask<InvocationAnswer>> Run { get; set; } = (_, payload) =>
        ValueTask.FromResult(Success(new JsonObject { ["statusCode"] = 200, ["body"] = payload!.ToJsonString() }));

    /// <summary>Every invocation that was waited for: the function's name and its event.</summary>
    public ConcurrentQueue<(string Function, JsonNode? Payload)> Invocations { get; } = new();

    /// <summary>Every event that was queued.</summary>
    public ConcurrentQueue<(string Function, JsonNode? Payload)> Events { get; } = new();

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
        var json = JsonNode.Parse(payload.Span);
        Invocations.Enqueue((Name(function), json));
        return Run(Name(function), json);
    }

    public ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken)
    {
        Events.Enqueue((Name(resource), JsonNode.Parse(happened.Payload.Span)));
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

    private static string Name(Arn function) => function.Resource.Split(':')[1];
}
