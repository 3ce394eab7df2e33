using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Isobar.Local.Wire;

/// <summary>
/// The access keys that the host has issued to sessions of roles. Any other key is accepted too, as the account root's.
/// </summary>
internal sealed class AccessKeys(string accountId)
{
    private readonly ConcurrentDictionary<string, Principal> sessions = new(StringComparer.Ordinal);

    /// <summary>Issues a temporary key to a session of a role; the same one when it has one.</summary>
    /// <returns>The access key id: <c>ASIA</c> and 16 characters.</returns>
    public string Issue(string roleArn, string session)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{roleArn}\n{session}"));
        var key = "ASIA" + Convert.ToHexString(hash.AsSpan(0, 8));
        sessions[key] = Principal.OfRole(roleArn, session) with { AccessKey = key };
        return key;
    }

    /// <summary>The principal that signs with a key.</summary>
    public Principal Find(string accessKey) =>
        sessions.GetValueOrDefault(accessKey) ?? Principal.Root(accountId) with { AccessKey = accessKey };
}
