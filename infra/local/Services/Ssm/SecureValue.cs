using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm;

/// <summary>
/// Encrypts the values of SecureString parameters, for the caller, with the keys of another service. The parameter's
/// ARN is the encryption context, so a ciphertext can't be read as another parameter's.
/// </summary>
/// <remarks>
/// Source: AWS Systems Manager User Guide, "AWS KMS encryption for Parameter Store SecureString parameters": the
/// standard tier encrypts the value itself; the advanced tier encrypts it with a data key, as values can be longer.
/// </remarks>
internal sealed class SecureValue(IEncryptionKeys keys, CallScope caller)
{
    private const string ContextName = "PARAMETER_ARN";

    /// <returns>Base64.</returns>
    /// <exception cref="AwsException">InvalidKeyId, AccessDeniedException.</exception>
    public string Encrypt(string name, string value, string tier, string keyId)
    {
        var plaintext = Encoding.UTF8.GetBytes(value);
        return Convert.ToBase64String(Asked(() => tier == ParameterKinds.Advanced
            ? SealedValue.Seal(plaintext, keys.GenerateDataKey(keyId, ContextOf(name), caller))
            : keys.Encrypt(keyId, plaintext, ContextOf(name), caller).Ciphertext));
    }

    /// <exception cref="AwsException">InvalidKeyId, AccessDeniedException.</exception>
    public string Decrypt(ParameterVersion version)
    {
        var bytes = Convert.FromBase64String(version.Value);
        return Encoding.UTF8.GetString(Asked(() => version.Tier == ParameterKinds.Advanced
            ? SealedValue.Open(bytes, encrypted => keys.Decrypt(encrypted, ContextOf(version.Name), caller))
            : keys.Decrypt(bytes, ContextOf(version.Name), caller)));
    }

    private Dictionary<string, string> ContextOf(string name) =>
        new() { [ContextName] = ParameterName.ArnOf(name, "aws", caller.Region, caller.AccountId) };

    private byte[] Asked(Func<byte[]> ask)
    {
        try
        {
            return ask();
        }
        catch (AwsException refusal)
        {
            throw SsmErrors.OfKey(refusal, caller.RequestId);
        }
    }
}
