namespace Isobar.Local.Services.SecretsManager;

/// <summary>The staging labels that Secrets Manager moves by itself.</summary>
internal static class Stages
{
    public const string Current = "AWSCURRENT";
    public const string Previous = "AWSPREVIOUS";
}

/// <summary>A secret with its versions. Owned by the state of its Region.</summary>
/// <param name="arn">With the random end.</param>
internal sealed class Secret(string name, string arn, DateTimeOffset created)
{
    public string Name => name;

    public string Arn => arn;

    public DateTimeOffset Created { get; } = created;

    public string? Description { get; set; }

    /// <summary>The customer's key; null for the one that AWS manages.</summary>
    public string? KmsKeyId { get; set; }

    public DateTimeOffset Changed { get; set; } = created;

    /// <summary>The day of the last read.</summary>
    public DateTimeOffset? Accessed { get; set; }

    /// <summary>When its deletion was asked for; null while it is in use.</summary>
    public DateTimeOffset? Deleted { get; set; }

    /// <summary>When it goes; null while it is in use.</summary>
    public DateTimeOffset? Gone { get; set; }

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>From old to new.</summary>
    public List<SecretVersion> Versions { get; } = [];

    public SecretVersion? WithStage(string stage) => Versions.Find(version => version.Stages.Contains(stage));

    public SecretVersion? WithId(string id) => Versions.Find(version => version.Id == id);
}

/// <summary>A version of a secret's value, encrypted.</summary>
/// <param name="isBinary">Whether the value is SecretBinary.</param>
internal sealed class SecretVersion(string id, byte[] sealedValue, bool isBinary, DateTimeOffset created)
{
    public string Id => id;

    /// <summary>As <see cref="SecretCipher"/> makes it.</summary>
    public byte[] Sealed { get; set; } = sealedValue;

    public bool IsBinary => isBinary;

    public DateTimeOffset Created => created;

    public List<string> Stages { get; } = [];
}
