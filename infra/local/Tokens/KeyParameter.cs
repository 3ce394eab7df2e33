using System.Globalization;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;

namespace Isobar.Local.Tokens;

/// <summary>The public keys of a stack in the parameter that its authorizer reads.</summary>
/// <param name="Version">Of the parameter, which grows with each write.</param>
internal sealed record PublishedKeys(string Name, long Version, KeyRing Keys);

/// <summary>Changes the parameter with a stack's public keys, by Parameter Store's API.</summary>
internal sealed class KeyParameter(IAmazonSimpleSystemsManagement ssm, string stack)
{
    /// <summary>Tries to write while others write, too.</summary>
    private const int MaxWrites = 4;

    /// <summary>The parameter of a stack, as the template names it.</summary>
    public static string NameOf(string stack) => $"/{stack}/token-keys";

    public string Name => NameOf(stack);

    /// <param name="change">Applied to what is there; what it makes is valid.</param>
    /// <returns>What is there now; nothing is written if the change changes nothing.</returns>
    /// <exception cref="FormatException">What is there is no key set, or the change can't be made.</exception>
    /// <exception cref="KeysInUseException">Others wrote the parameter at the same time, again and again.</exception>
    /// <exception cref="AmazonSimpleSystemsManagementException">Parameter Store refuses.</exception>
    /// <remarks>
    /// A write has no condition in Parameter Store. What tells of a lost one is the version: if it grew by more than
    /// one, another write came between, and the change is applied once more to what that one had written.
    /// </remarks>
    public async Task<PublishedKeys> ChangeAsync(Func<KeyRing, KeyRing> change, CancellationToken cancellationToken)
    {
        var found = await GetAsync("", cancellationToken);
        var changed = change(KeyRing.Read(found.Value));
        if (changed.Text == found.Value) return new PublishedKeys(Name, found.Version!.Value, changed);
        var latest = found.Version!.Value;
        for (var writes = 0; writes < MaxWrites; writes++)
        {
            var version = await PutAsync(changed.Text, cancellationToken);
            if (version == latest + 1) return new PublishedKeys(Name, version, changed);
            var other = await GetAsync(
                string.Create(CultureInfo.InvariantCulture, $":{version - 1}"), cancellationToken);
            changed = change(KeyRing.Read(other.Value));
            latest = version;
        }

        throw new KeysInUseException($"Others write {Name} at the same time. Look at its versions, and try again.");
    }

    private async Task<Parameter> GetAsync(string version, CancellationToken cancellationToken) =>
        (await ssm.GetParameterAsync(new GetParameterRequest { Name = Name + version }, cancellationToken)).Parameter;

    private async Task<long> PutAsync(string value, CancellationToken cancellationToken)
    {
        var request = new PutParameterRequest { Name = Name, Value = value, Overwrite = true };
        return (await ssm.PutParameterAsync(request, cancellationToken)).Version!.Value;
    }
}

/// <summary>Writes of others keep coming between.</summary>
internal sealed class KeysInUseException(string message) : Exception(message);
