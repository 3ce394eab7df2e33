using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs;

/// <summary>The ARNs of groups and streams, and the groups that requests name by them.</summary>
/// <remarks>Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon CloudWatch
/// Logs".</remarks>
internal static class LogsArn
{
    private const string Kind = "log-group:";

    public static string OfGroup(string region, string accountId, string group) =>
        new Arn("aws", "logs", region, accountId, $"{Kind}{group}").ToString();

    public static string OfStream(string region, string accountId, string group, string stream) =>
        $"{OfGroup(region, accountId, group)}:log-stream:{stream}";

    /// <summary>The group that a request names, by its name or by a name or ARN.</summary>
    /// <exception cref="AwsException">Both or none is given; ResourceNotFoundException: an ARN of elsewhere.
    /// </exception>
    public static string GroupOf(string? name, string? identifier, CallScope scope) => (name, identifier) switch
    {
        (not null, not null) => throw LogsErrors.NameAndIdentifier(),
        (null, null) => throw LogsErrors.NoGroupNamed(),
        (null, _) when identifier.StartsWith("arn:", StringComparison.Ordinal) =>
            NameIn(identifier, scope) ?? throw LogsErrors.GroupNotFound(),
        _ => name ?? identifier!,
    };

    /// <summary>The group's name in its ARN, which has no <c>:*</c> at its end; null for any other ARN.</summary>
    public static string? NameIn(string arn, CallScope scope)
    {
        if (Arn.TryParse(arn) is not { Service: "logs" } parsed || parsed.Region != scope.Region
            || parsed.AccountId != scope.AccountId || !parsed.Resource.StartsWith(Kind, StringComparison.Ordinal))
            return null;
        return parsed.Resource[Kind.Length..];
    }

    /// <summary>What a request does, as IAM is asked; the resource always ends in the stream, or in nothing.</summary>
    public static IEnumerable<ResourceAction> Action(
        string action, string? group, CallScope scope, string? stream = null) =>
        [scope.On(action, $"{Kind}{group}:log-stream:{stream}")];

    /// <summary>The same for requests that name the group by its name or ARN.</summary>
    public static IEnumerable<ResourceAction> ActionOn(
        string action, string? name, string? identifier, CallScope scope, string? stream = null) => Action(
            action,
            name ?? (identifier?.StartsWith("arn:", StringComparison.Ordinal) is true
                ? NameIn(identifier, scope) : identifier),
            scope, stream);
}
