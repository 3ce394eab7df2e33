using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Adds, removes and shows statements of the policy of a function, a version or an alias.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, AddPermission, RemovePermission and GetPolicy; texts as recorded. Which revision
/// guards the first statement is not recorded: here it is the function's, version's or alias's own.
/// </remarks>
internal sealed class Permissions(Monitor<FunctionRegistry> functions, Identifiers identifiers, string region)
{
    /// <exception cref="AwsException">
    /// ResourceNotFoundException; ValidationException and InvalidParameterValueException: a member, or
    /// <c>$LATEST</c>; ResourceConflictException: the id is taken; PreconditionFailedException: another revision.
    /// </exception>
    public async ValueTask AddAsync(RestRequest request)
    {
        var function = Reference(request, "lambda:AddPermission");
        var body = await JsonBody.ReadAsync(request, PermissionJson.Wire.PermissionRequest);
        body.Validate();
        RefuseLatest(function);
        var arn = function.Arn(request.Scope.Region, request.Scope.AccountId);
        var statement = body.Statement(arn);
        functions.Ask((registry, _) =>
        {
            var entry = Entry(registry, function, request.Scope) ?? throw LambdaErrors.FunctionNotFound(arn);
            CheckQualifier(entry, function, arn);
            var policy = entry.Policy(function.Qualifier);
            CheckRevision(body.RevisionId, policy.IsEmpty ? RevisionOf(entry, function) : policy.RevisionId);
            policy.Add(body.StatementId!, statement, identifiers.NewGuid().ToString());
            return true;
        });
        await JsonBody.WriteAsync(
            request, json => json.WriteString("Statement", statement.ToJsonString()), status: 201);
    }

    /// <exception cref="AwsException">As <see cref="AddAsync"/>.</exception>
    public ValueTask RemoveAsync(RestRequest request)
    {
        var function = Reference(request, "lambda:RemovePermission");
        var sid = request.SecondLabel;
        List<string> errors = [];
        PermissionRequest.ValidateSid(errors, sid, "statementId");
        if (errors.Count > 0) throw LambdaErrors.Validation(errors);
        var arn = function.Arn(request.Scope.Region, request.Scope.AccountId);
        functions.Ask((registry, _) =>
        {
            var entry = Entry(registry, function, request.Scope)
                ?? throw LambdaErrors.NotFound($"No policy found for: {arn}");
            CheckQualifier(entry, function, arn);
            var policy = entry.Policy(function.Qualifier);
            if (policy.IsEmpty) throw LambdaErrors.NotFound("No policy is associated with the given resource.");
            if (!policy.Has(sid))
                throw LambdaErrors.NotFound($"Statement {sid} is not found in resource policy.");
            CheckRevision(request.Query("RevisionId"), policy.RevisionId);
            return policy.Remove(sid, identifiers.NewGuid().ToString());
        });
        return JsonBody.AnswerNoContent(request);
    }

    /// <exception cref="AwsException">ResourceNotFoundException: no function, or no policy.</exception>
    public ValueTask GetAsync(RestRequest request)
    {
        var function = Reference(request, "lambda:GetPolicy");
        var (policy, revision) = functions.Ask((registry, _) =>
            Entry(registry, function, request.Scope) is { } entry
                && entry.Policy(function.Qualifier) is { IsEmpty: false } found
                ? (found.ToString(), found.RevisionId)
                : throw LambdaErrors.ResourceNotFound());
        return JsonBody.WriteAsync(request, json =>
        {
            json.WriteString("Policy", policy);
            json.WriteString("RevisionId", revision);
        });
    }

    private static FunctionReference Reference(RestRequest request, string action) =>
        FunctionReference.Parse(request.Label, request.Query("Qualifier"), request.Scope, action);

    private FunctionEntry? Entry(FunctionRegistry registry, FunctionReference function, CallScope scope) =>
        scope.Region == region ? registry.Entry(function.Name) : null;

    private static void RefuseLatest(FunctionReference function)
    {
        if (function.Qualifier == ResolvedFunction.Latest)
            throw LambdaErrors.InvalidParameter("We currently do not support adding policies for $LATEST.");
    }

    // Recorded: what could be the name of an alias is said to be one.
    private static void CheckQualifier(FunctionEntry entry, FunctionReference function, string arn)
    {
        if (function.Qualifier is not { } qualifier || entry.Find(qualifier) is not null) return;
        throw qualifier.All(char.IsAsciiDigit) || qualifier.Contains('$')
            ? LambdaErrors.FunctionNotFound(arn)
            : LambdaErrors.NotFound($"Cannot find alias arn: {arn}");
    }

    private static string RevisionOf(FunctionEntry entry, FunctionReference function) =>
        function.Qualifier is { } name && entry.Alias(name) is { } alias
            ? alias.RevisionId
            : entry.Find(function.Qualifier)!.RevisionId;

    private static void CheckRevision(string? given, string current)
    {
        if (given is { Length: > 0 } && given != current) throw LambdaErrors.WrongPolicyRevision("GetPolicy");
    }
}
