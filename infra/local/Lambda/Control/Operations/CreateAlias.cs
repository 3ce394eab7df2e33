using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <param name="Name">Of CreateAlias only; UpdateAlias has it in its path.</param>
internal sealed record AliasRequest(
    string? Name, string? FunctionVersion, string? Description, AliasRoutingRequest? RoutingConfig, string? RevisionId)
{
    public AliasSettings Settings => new(
        FunctionVersion, Description,
        RoutingConfig is null ? null : RoutingConfig.AdditionalVersionWeights ?? new Dictionary<string, double>(),
        RevisionId);
}

internal sealed record AliasRoutingRequest(IReadOnlyDictionary<string, double>? AdditionalVersionWeights);

/// <summary>Gives a version a name.</summary>
/// <remarks>Source: AWS Lambda API Reference, CreateAlias.</remarks>
internal sealed class CreateAlias(AliasChanges changes, string region)
{
    /// <exception cref="AwsException">As <see cref="AliasChanges.Create"/>, and what a function's name can have wrong.
    /// </exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        var function = UnqualifiedFunction.Of(request, "lambda:CreateAlias");
        var body = await JsonBody.ReadAsync(request, AliasJson.Wire.AliasRequest);
        var arn = function.Arn(request.Scope.Region, request.Scope.AccountId);
        if (body.Name is not { } name)
            throw LambdaErrors.Validation("Value null at 'name' failed to satisfy constraint: Member must not be null");
        if (request.Scope.Region != region) throw LambdaErrors.FunctionNotFound($"{arn}:{body.FunctionVersion}");
        var alias = changes.Create(function.Name, arn, name, body.Settings);
        await JsonBody.WriteAsync(request, json => AliasView.Write(json, arn, alias), status: 201);
    }
}

/// <summary>The types of requests about aliases.</summary>
[JsonSerializable(typeof(AliasRequest))]
internal sealed partial class AliasJson : JsonSerializerContext
{
    /// <summary>A member that no request type has is refused.</summary>
    public static AliasJson Wire { get; } = new(new JsonSerializerOptions
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    });
}
