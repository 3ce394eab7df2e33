using System.IO.Enumeration;
using System.Text.Json;
using Isobar.Local.Wire;

namespace Isobar.Stories.Permissions;

/// <summary>The statements of an IAM policy, each of which allows actions on resources.</summary>
/// <remarks>Source: AWS IAM User Guide, "IAM JSON policy elements": <c>*</c> and <c>?</c> in both, actions in any case.
/// </remarks>
internal sealed record PolicyDocument(IReadOnlyList<PolicyStatement> Statement)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.General)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public string Version { get; init; } = "";

    /// <exception cref="JsonException">The text has something that is not read here, such as a condition.</exception>
    public static PolicyDocument Read(string json) => JsonSerializer.Deserialize<PolicyDocument>(json, Strict)!;

    /// <summary>The calls that no statement allows.</summary>
    public IEnumerable<ResourceAction> Missing(IEnumerable<ResourceAction> calls) =>
        calls.Where(call => !Statement.Any(statement => statement.Allows(call)));

    /// <summary>The actions and resources of statements that none of the calls needs.</summary>
    public IEnumerable<string> Unused(IReadOnlyCollection<ResourceAction> calls) =>
        from statement in Statement
        let served = calls.Where(statement.Allows).ToList()
        from unused in (IEnumerable<string>)
        [
            .. statement.Action.Where(action => !served.Any(call => PolicyStatement.Matches(action, call.Action))),
            .. statement.Resource.Where(
                resource => !served.Any(call => PolicyStatement.Matches(resource, call.Resource))),
        ]
        select $"{statement.Sid}: {unused}";
}

/// <param name="Sid">Says in one word what the statement is for.</param>
internal sealed record PolicyStatement(
    string Sid, string Effect, IReadOnlyList<string> Action, IReadOnlyList<string> Resource)
{
    public bool Allows(ResourceAction call) =>
        Effect == "Allow" && Action.Any(action => Matches(action, call.Action))
        && Resource.Any(resource => Matches(resource, call.Resource));

    public static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(
        pattern, name, ignoreCase: !pattern.StartsWith("arn:", StringComparison.Ordinal));
}
