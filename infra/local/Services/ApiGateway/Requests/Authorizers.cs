using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Ownership;
using Isobar.Local.Services.ApiGateway.Definition;
using Isobar.Local.Services.ApiGateway.Mapping;

namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>Asks a method's authorizer, or takes its answer from the cache.</summary>
internal sealed class Authorizers(
    FunctionCalls functions, Monitor<AuthorizationCache> cache, TimeProvider realTime)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(ApiGatewayLimits.MaxIntegrationTimeoutMs);

    /// <summary>Adds what the authorizer says about the caller to the request's context.</summary>
    /// <exception cref="GatewayException">
    /// UNAUTHORIZED, ACCESS_DENIED, AUTHORIZER_FAILURE or AUTHORIZER_CONFIGURATION_ERROR.
    /// </exception>
    public async Task AuthorizeAsync(GatewayRequest request)
    {
        if (request.Method.Authorizer is not { } authorizer) return;
        var identity = Identity(authorizer, request);
        var methodArn = MethodArn(request);
        var key = Key(request.Stage, authorizer, identity);
        var keeps = authorizer.TimeToLive > TimeSpan.Zero;
        var authorization = keeps ? cache.Ask((state, now) => state.Find(key, now)) : null;
        var started = realTime.GetTimestamp();
        if (authorization is null)
        {
            var payload = await AskAsync(authorizer, request, identity, methodArn);
            authorization = Authorization.TryRead(payload.Span)
                ?? throw new GatewayException(GatewayError.AuthorizerMisconfigured);
            if (keeps && payload.Length <= ApiGatewayLimits.MaxCachedAuthorizationBytes)
                cache.Post((state, now) => state.Add(key, authorization, now + authorizer.TimeToLive));
        }

        if (authorization.Refuse(methodArn) is { } refusal) throw new GatewayException(refusal);
        var context = (JsonObject)authorization.Context.DeepClone();
        context["integrationLatency"] = (int)realTime.GetElapsedTime(started).TotalMilliseconds;
        request.Context["authorizer"] = context;
    }

    private static IReadOnlyList<string> Identity(Authorizer authorizer, GatewayRequest request)
    {
        var scope = request.Scope("");
        var identity = authorizer.IdentitySources.Select(source => source.Read(scope) ?? "").ToArray();
        if (identity.Any(value => value.Length == 0)
            || (authorizer.Validation is { } pattern && !BoundedRegex.Matches(pattern, identity[0])))
            throw new GatewayException(GatewayError.Unauthorized);
        return identity;
    }

    private async Task<ReadOnlyMemory<byte>> AskAsync(
        Authorizer authorizer, GatewayRequest request, IReadOnlyList<string> identity, string methodArn)
    {
        var question = authorizer.IsToken
            ? JsonText.WriteBytes(new JsonObject
            {
                ["type"] = "TOKEN",
                ["methodArn"] = methodArn,
                ["authorizationToken"] = identity[0],
            })
            : ProxyEvent.WriteForAuthorizer(request, methodArn);
        InvocationAnswer answer;
        try
        {
            answer = await functions.InvokeAsync(authorizer.Function, question, request, Timeout);
        }
        catch (GatewayException e)
        {
            throw new GatewayException(
                e.Error == GatewayError.TimedOut
                    ? GatewayError.AuthorizerFailed
                    : GatewayError.AuthorizerMisconfigured,
                e);
        }

        if (answer.FunctionError is null) return answer.Payload;
        // Source: the guide's examples: an authorizer rejects a caller by failing with exactly this message.
        var isUnauthorized = JsonText.TryParse(answer.Payload.Span, out var json)
            && json is JsonObject error && Values.Text(error["errorMessage"]) == "Unauthorized";
        throw new GatewayException(isUnauthorized ? GatewayError.Unauthorized : GatewayError.AuthorizerMisconfigured);
    }

    private static string MethodArn(GatewayRequest request) =>
        $"arn:{request.Stage.Partition}:execute-api:{request.Stage.Region}:{request.Stage.AccountId}:"
        + $"{request.Stage.ApiId}/{request.Stage.Name}/{request.HttpMethod}{request.Path}";

    /// <summary>A hash, so that the cache's keys have one length and it holds no tokens.</summary>
    private static string Key(StageView stage, Authorizer authorizer, IReadOnlyList<string> identity)
    {
        string[] parts = [stage.ApiId, stage.Name, authorizer.Name, .. identity];
        var text = string.Concat(parts.Select(part => $"{part.Length}:{part}"));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
