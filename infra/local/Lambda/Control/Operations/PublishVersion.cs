using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

internal sealed record PublishVersionRequest(string? CodeSha256, string? Description, string? RevisionId);

/// <summary>
/// Freezes the code and the configuration of <c>$LATEST</c> under the next number. If nothing has changed since the
/// newest version, that one is the answer.
/// </summary>
/// <remarks>Source: AWS Lambda API Reference, PublishVersion.</remarks>
internal sealed class PublishVersion(
    Monitor<FunctionRegistry> functions, Identifiers identifiers, string region)
{
    /// <exception cref="AwsException">
    /// ResourceNotFoundException; InvalidParameterValueException: the code is another one; PreconditionFailedException:
    /// the revision is another one; and what a function's name can have wrong.
    /// </exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        var function = UnqualifiedFunction.Of(request, "lambda:PublishVersion");
        var body = await JsonBody.ReadAsync(request, VersionJson.Wire.PublishVersionRequest);
        if (body.Description?.Length > LambdaLimits.MaxDescriptionCharacters)
            throw LambdaErrors.Validation(LambdaErrors.Constraint(
                body.Description, "description",
                $"have length less than or equal to {LambdaLimits.MaxDescriptionCharacters}"));
        var version = (request.Scope.Region == region
                ? functions.Ask((registry, now) => Publish(registry.Entry(function.Name), body, now))
                : null)
            ?? throw LambdaErrors.FunctionNotFound(function.Arn(request.Scope.Region, request.Scope.AccountId));
        var arn = $"{version.Configuration.Arn}:{version.Version}";
        await JsonBody.WriteAsync(
            request, json => FunctionView.Write(json, version, withState: true, arn), status: 201);
    }

    private DeployedFunction? Publish(FunctionEntry? entry, PublishVersionRequest body, DateTimeOffset now)
    {
        if (entry is null) return null;
        if (body.CodeSha256 is { Length: > 0 } code && code != entry.Latest.Configuration.CodeSha256)
            throw LambdaErrors.InvalidParameter($"CodeSHA256 ({code}) is different from current CodeSHA256 in $LATEST "
                + $"({entry.Latest.Configuration.CodeSha256}). Please try again with the CodeSHA256 in $LATEST.");
        if (body.RevisionId is { Length: > 0 } revision && revision != entry.Latest.RevisionId)
            throw LambdaErrors.WrongRevision();
        return entry.Publish(
            body.Description, now, identifiers.NewGuid().ToString(), identifiers.NewGuid().ToString());
    }
}

/// <summary>The types of requests about versions.</summary>
[JsonSerializable(typeof(PublishVersionRequest))]
internal sealed partial class VersionJson : JsonSerializerContext
{
    /// <summary>A member that no request type has is refused.</summary>
    public static VersionJson Wire { get; } = new(new JsonSerializerOptions
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    });
}
