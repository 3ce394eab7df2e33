using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>A statement that AddPermission adds to a policy.</summary>
/// <remarks>Source: AWS Lambda API Reference, AddPermission; the statement as recorded.</remarks>
internal sealed partial record PermissionRequest
{
    private const string SidPattern = "([a-zA-Z0-9-_]+)";
    private const string ActionPattern = "(lambda:[*]|lambda:[a-zA-Z]+|[*])";
    private const int MaxSidCharacters = 100;

    public string? StatementId { get; init; }

    public string? Action { get; init; }

    public string? Principal { get; init; }

    public string? SourceArn { get; init; }

    public string? SourceAccount { get; init; }

    public string? EventSourceToken { get; init; }

    public string? PrincipalOrgID { get; init; }

    public string? FunctionUrlAuthType { get; init; }

    public bool? InvokedViaFunctionUrl { get; init; }

    public string? RevisionId { get; init; }

    /// <exception cref="AwsException">ValidationException; InvalidParameterValueException: the principal.</exception>
    public void Validate()
    {
        List<string> errors = [];
        foreach (var (value, member) in (ReadOnlySpan<(string?, string)>)
            [(StatementId, "statementId"), (Action, "action"), (Principal, "principal")])
        {
            if (value is null)
                errors.Add($"Value null at '{member}' failed to satisfy constraint: Member must not be null");
        }

        ValidateSid(errors, StatementId, "statementId");
        if (Action is not null && !ActionText().IsMatch(Action))
            errors.Add(LambdaErrors.Constraint(
                Action, "action", $"satisfy regular expression pattern: {ActionPattern}"));
        if (FunctionUrlAuthType is not (null or "NONE" or "AWS_IAM"))
            errors.Add(LambdaErrors.Constraint(
                FunctionUrlAuthType, "functionUrlAuthType", "satisfy enum value set: [NONE, AWS_IAM]"));
        if (errors.Count > 0) throw LambdaErrors.Validation(errors);
    }

    /// <summary>Adds what is wrong with the id of a statement.</summary>
    public static void ValidateSid(List<string> errors, string? sid, string member)
    {
        if (sid is null) return;
        if (sid.Length > MaxSidCharacters)
            errors.Add(LambdaErrors.Constraint(sid, member, $"have length less than or equal to {MaxSidCharacters}"));
        if (!SidText().IsMatch(sid))
            errors.Add(LambdaErrors.Constraint(
                sid, member, $"satisfy regular expression pattern: {SidPattern}"));
    }

    /// <param name="resource">The ARN that the policy is for, qualified as the caller qualified it.</param>
    /// <exception cref="AwsException">InvalidParameterValueException: the principal.</exception>
    public JsonObject Statement(string resource)
    {
        var statement = new JsonObject
        {
            ["Sid"] = StatementId,
            ["Effect"] = "Allow",
            ["Principal"] = PrincipalNode(Principal!),
            ["Action"] = Action,
            ["Resource"] = resource,
        };
        var condition = new JsonObject();
        var equal = new JsonObject();
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)
        [
            ("AWS:SourceAccount", SourceAccount), ("lambda:FunctionUrlAuthType", FunctionUrlAuthType),
            ("aws:PrincipalOrgID", PrincipalOrgID), ("lambda:EventSourceToken", EventSourceToken),
        ])
        {
            if (value is not null) equal[name] = value;
        }

        if (equal.Count > 0) condition["StringEquals"] = equal;
        if (SourceArn is not null) condition["ArnLike"] = new JsonObject { ["AWS:SourceArn"] = SourceArn };
        if (InvokedViaFunctionUrl == true)
            condition["Bool"] = new JsonObject { ["lambda:InvokedViaFunctionUrl"] = "true" };
        if (condition.Count > 0) statement["Condition"] = condition;
        return statement;
    }

    private static JsonNode PrincipalNode(string principal)
    {
        if (principal == "*") return principal;
        if (principal.Length == 12 && principal.All(char.IsAsciiDigit))
            return new JsonObject { ["AWS"] = $"arn:aws:iam::{principal}:root" };
        if (principal.StartsWith("arn:", StringComparison.Ordinal)) return new JsonObject { ["AWS"] = principal };
        return ServiceText().IsMatch(principal)
            ? new JsonObject { ["Service"] = principal }
            : throw LambdaErrors.InvalidParameter(
                "The provided principal was invalid. Please check the principal and try again.");
    }

    [GeneratedRegex($@"^{SidPattern}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SidText();

    [GeneratedRegex($@"^{ActionPattern}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ActionText();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]*\.amazon(aws)?\.com(\.cn)?\z",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ServiceText();
}

/// <summary>AddLayerVersionPermission.</summary>
internal sealed record LayerPermissionRequest(
    string? StatementId, string? Action, string? Principal, string? OrganizationId);

/// <summary>TagResource.</summary>
internal sealed record TagResourceRequest(IReadOnlyDictionary<string, string>? Tags);

/// <summary>The types of requests about permissions and tags.</summary>
[JsonSerializable(typeof(PermissionRequest))]
[JsonSerializable(typeof(LayerPermissionRequest))]
[JsonSerializable(typeof(TagResourceRequest))]
internal sealed partial class PermissionJson : JsonSerializerContext
{
    /// <summary>A member that no request type has is refused.</summary>
    public static PermissionJson Wire { get; } = new(new JsonSerializerOptions
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    });
}
