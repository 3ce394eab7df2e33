using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.SecretsManager.Operations;

/// <summary>The value that a request brings.</summary>
internal sealed record SecretValue(byte[] Bytes, bool IsBinary)
{
    /// <returns>Null where the request brings none.</returns>
    /// <exception cref="AwsException">InvalidParameterException: it brings two.</exception>
    public static SecretValue? Of(string? text, byte[]? binary) => (text, binary) switch
    {
        (null, null) => null,
        (not null, not null) => throw SecretsErrors.TwoValues(),
        (not null, null) => new SecretValue(Encoding.UTF8.GetBytes(text), false),
        (null, not null) => new SecretValue(binary, true),
    };

    /// <summary>Without the value.</summary>
    public override string ToString() => IsBinary ? "SecretBinary" : "SecretString";
}
