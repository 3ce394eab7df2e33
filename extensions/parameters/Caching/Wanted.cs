namespace Isobar.Parameters.Caching;

/// <summary>Where values are kept.</summary>
internal enum Store
{
    /// <summary>AWS Systems Manager Parameter Store.</summary>
    Parameters,

    /// <summary>AWS Secrets Manager.</summary>
    Secrets,
}

/// <summary>What a caller asks for; the cache's key.</summary>
/// <param name="Name">A parameter's name or ARN, or a secret's.</param>
/// <param name="Version">A parameter's version or a secret's version id; null for the latest.</param>
/// <param name="Label">A parameter's label or a secret's staging label; null for none.</param>
/// <param name="Decrypt">
/// Whether a SecureString's value is to be decrypted; null where it makes no difference: secrets, and what is known to
/// be no SecureString.
/// </param>
internal sealed record Wanted(Store Store, string Name, string? Version, string? Label, bool? Decrypt);
