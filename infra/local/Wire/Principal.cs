using System.Security.Cryptography;
using System.Text;

namespace Isobar.Local.Wire;

/// <summary>Who makes a call, as a policy names it.</summary>
/// <param name="Name">An ARN; a service's name, such as <c>sns.amazonaws.com</c>; or <c>*</c>.</param>
/// <param name="UserId">The unique id that IAM gives to a user or a session; empty without one.</param>
/// <param name="AccessKey">The access key id that the call was signed with; empty when it was not signed.</param>
internal sealed record Principal(string Name, string UserId = "", string AccessKey = "")
{
    private const string SessionMark = ":assumed-role/";
    private const string RoleIdAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The sender of a request without a signature.</summary>
    public static readonly Principal Anonymous = new("*");

    /// <summary>The name of the session of a role, which is the function's; null for any other principal.</summary>
    public string? Session =>
        Name.Contains(SessionMark, StringComparison.Ordinal) ? Name[(Name.LastIndexOf('/') + 1)..] : null;

    /// <summary>The root user of an account.</summary>
    public static Principal Root(string accountId) => new($"arn:aws:iam::{accountId}:root", accountId);

    /// <summary>A session of a role: what a function's processes act as.</summary>
    /// <param name="roleArn">For example <c>arn:aws:iam::000000000000:role/isobar/intake</c>.</param>
    /// <param name="session">The session's name; Lambda uses the function's.</param>
    /// <remarks>Source: AWS IAM User Guide, "IAM identifiers": the ARN of a session has the role's name, not its
    /// path.</remarks>
    public static Principal OfRole(string roleArn, string session)
    {
        var parts = roleArn.Split(':');
        var (partition, account, name) = (parts[1], parts[4], roleArn[(roleArn.LastIndexOf('/') + 1)..]);
        return new Principal(
            $"arn:{partition}:sts::{account}:assumed-role/{name}/{session}", $"{RoleId(roleArn)}:{session}");
    }

    /// <summary><c>AROA</c> and 17 characters, always the same for the same role.</summary>
    /// <remarks>Source: AWS IAM User Guide, "Unique identifiers".</remarks>
    public static string RoleId(string roleArn)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(roleArn));
        return "AROA" + string.Concat(hash.Take(17).Select(part => RoleIdAlphabet[part % RoleIdAlphabet.Length]));
    }
}
