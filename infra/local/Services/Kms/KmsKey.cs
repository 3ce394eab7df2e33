using System.Collections.Immutable;

namespace Isobar.Local.Services.Kms;

/// <summary>Whether a key can be used.</summary>
internal enum KeyState
{
    Enabled,

    Disabled,

    /// <summary>It can be used for nothing, and is gone at its deletion date unless that is cancelled.</summary>
    PendingDeletion,
}

/// <summary>A symmetric encryption key.</summary>
/// <param name="Material">The secret; it leaves this service in no form.</param>
/// <param name="Created">Service time.</param>
internal sealed record KmsKey(Guid Id, string Arn, KeyMaterial Material, DateTimeOffset Created)
{
    /// <summary>Whether AWS made it for one of its services; nobody else may use or change it.</summary>
    public bool IsAwsManaged { get; init; }

    public string Description { get; init; } = "";

    public required string Policy { get; init; }

    public KeyState State { get; init; }

    /// <summary>Service time; null unless the key is pending deletion.</summary>
    public DateTimeOffset? DeletionDate { get; init; }

    public ImmutableSortedDictionary<string, string> Tags { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The key, when it can be used to encrypt and decrypt.</summary>
    /// <exception cref="Wire.AwsException">DisabledException, KMSInvalidStateException.</exception>
    public KmsKey Usable() => State switch
    {
        KeyState.Disabled => throw KmsErrors.Disabled(Arn),
        KeyState.PendingDeletion => throw KmsErrors.PendingDeletion(Arn),
        _ => this,
    };
}

/// <summary>A name for a key.</summary>
/// <param name="Name">With its prefix: <c>alias/reports</c>.</param>
internal sealed record KmsAlias(
    string Name, string Arn, Guid TargetKeyId, DateTimeOffset Created, DateTimeOffset Updated);
