using System.Text.Json.Nodes;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Adds, removes and shows statements of the policy of a layer version.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, AddLayerVersionPermission, RemoveLayerVersionPermission and GetLayerVersionPolicy;
/// texts as recorded.
/// </remarks>
internal sealed class LayerPermissions(Monitor<LayerRegistry> layers, Identifiers identifiers, string region)
{
    private const string Allowed = "lambda:GetLayerVersion";

    /// <exception cref="AwsException">
    /// ResourceNotFoundException; ValidationException: a member; ResourceConflictException: the id is taken;
    /// PreconditionFailedException: another revision.
    /// </exception>
    public async ValueTask AddAsync(RestRequest request)
    {
        var body = await JsonBody.ReadAsync(request, PermissionJson.Wire.LayerPermissionRequest);
        Validate(body);
        var statement = new JsonObject
        {
            ["Sid"] = body.StatementId, ["Effect"] = "Allow", ["Principal"] = Principal(body.Principal!),
            ["Action"] = Allowed, ["Resource"] = Arn(request),
        };
        if (body.OrganizationId is { } organization)
            statement["Condition"] = new JsonObject
            {
                ["StringEquals"] = new JsonObject { ["aws:PrincipalOrgID"] = organization },
            };
        var revision = layers.Ask((registry, _) =>
        {
            var policy = registry.Policy(Find(registry, request));
            CheckRevision(request, policy);
            policy.Add(body.StatementId!, statement, identifiers.NewGuid().ToString());
            return policy.RevisionId;
        });
        await JsonBody.WriteAsync(request, json =>
        {
            json.WriteString("Statement", statement.ToJsonString());
            json.WriteString("RevisionId", revision);
        }, status: 201);
    }

    /// <exception cref="AwsException">ResourceNotFoundException: no version, or no policy.</exception>
    public ValueTask GetAsync(RestRequest request)
    {
        var (policy, revision) = layers.Ask((registry, _) =>
        {
            var found = registry.Policy(Find(registry, request));
            return found.IsEmpty ? throw NoPolicy() : (found.ToString(), found.RevisionId);
        });
        return JsonBody.WriteAsync(request, json =>
        {
            json.WriteString("Policy", policy);
            json.WriteString("RevisionId", revision);
        });
    }

    /// <exception cref="AwsException">As <see cref="AddAsync"/>.</exception>
    public ValueTask RemoveAsync(RestRequest request)
    {
        var sid = request.ThirdLabel;
        layers.Post((registry, _) =>
        {
            var policy = registry.Policy(Find(registry, request));
            if (policy.IsEmpty) throw NoPolicy();
            if (!policy.Has(sid)) throw LambdaErrors.NotFound($"Statement {sid} is not found in resource policy.");
            CheckRevision(request, policy);
            policy.Remove(sid, identifiers.NewGuid().ToString());
        });
        return JsonBody.AnswerNoContent(request);
    }

    private static void Validate(LayerPermissionRequest body)
    {
        List<string> errors = [];
        foreach (var (value, member) in (ReadOnlySpan<(string?, string)>)
            [(body.StatementId, "statementId"), (body.Action, "action"), (body.Principal, "principal")])
        {
            if (value is null)
                errors.Add($"Value null at '{member}' failed to satisfy constraint: Member must not be null");
        }

        PermissionRequest.ValidateSid(errors, body.StatementId, "statementId");
        if (body.Action is not (null or Allowed))
            errors.Add(LambdaErrors.Constraint(
                body.Action, "action", $"satisfy regular expression pattern: {Allowed}"));
        if (errors.Count > 0) throw LambdaErrors.Validation(errors);
    }

    private static JsonNode Principal(string principal) => principal == "*"
        ? principal
        : new JsonObject
        {
            ["AWS"] = principal.All(char.IsAsciiDigit) ? $"arn:aws:iam::{principal}:root" : principal,
        };

    private LayerVersion Find(LayerRegistry registry, RestRequest request)
    {
        var (name, number) = LayerVersions.Read(request);
        return (request.Scope.Region == region ? registry.Find(name, number) : null)
            ?? throw LambdaErrors.NotFound($"Layer version {Arn(request)} does not exist.");
    }

    private static string Arn(RestRequest request)
    {
        var (name, number) = LayerVersions.Read(request);
        return $"arn:aws:lambda:{request.Scope.Region}:{request.Scope.AccountId}:layer:{name}:{number}";
    }

    private static void CheckRevision(RestRequest request, ResourcePolicy policy)
    {
        if (request.Query("RevisionId") is { } revision && revision != policy.RevisionId)
            throw LambdaErrors.WrongPolicyRevision("GetLayerPolicy");
    }

    private static AwsException NoPolicy() =>
        LambdaErrors.NotFound("No policy is associated with the given resource.");
}
