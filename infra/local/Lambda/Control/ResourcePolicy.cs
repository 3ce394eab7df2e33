using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Local.Lambda.Control;

/// <summary>Who may call a function, a version, an alias or a layer version. Owned by a monitor.</summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Viewing resource-based IAM policies in Lambda"; recorded: a policy has a
/// revision of its own. This host keeps policies and shows them; it lets every caller in, with or without one.
/// </remarks>
internal sealed class ResourcePolicy
{
    /// <summary>20 KB. Source: AWS Lambda Developer Guide, Lambda quotas.</summary>
    private const int MaxBytes = 20_480;

    private readonly List<(string Sid, string Statement)> statements = [];

    /// <summary>A UUID, new with every change.</summary>
    public string RevisionId { get; private set; } = "";

    public bool IsEmpty => statements.Count == 0;

    public bool Has(string sid) => statements.Any(statement => statement.Sid == sid);

    /// <exception cref="Wire.AwsException">
    /// ResourceConflictException: there is a statement of this id; PolicyLengthExceededException.
    /// </exception>
    public void Add(string sid, JsonObject statement, string revisionId)
    {
        if (Has(sid))
            throw LambdaErrors.Conflict($"The statement id ({sid}) provided already exists. Please provide a new "
                + "statement id, or remove the existing statement.");
        statements.Add((sid, statement.ToJsonString()));
        var bytes = Encoding.UTF8.GetByteCount(ToString());
        if (bytes > MaxBytes)
        {
            statements.RemoveAt(statements.Count - 1);
            throw LambdaErrors.PolicyTooLong(bytes, MaxBytes);
        }

        RevisionId = revisionId;
    }

    /// <returns>False when there is no statement of this id.</returns>
    public bool Remove(string sid, string revisionId)
    {
        if (statements.RemoveAll(statement => statement.Sid == sid) == 0) return false;
        RevisionId = revisionId;
        return true;
    }

    /// <summary>The policy as JSON.</summary>
    public override string ToString() => new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Id"] = "default",
        ["Statement"] = new JsonArray([.. statements.Select(statement => JsonNode.Parse(statement.Statement))]),
    }.ToJsonString();
}
