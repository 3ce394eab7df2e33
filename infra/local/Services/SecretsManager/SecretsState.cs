using Isobar.Local.Ownership;

namespace Isobar.Local.Services.SecretsManager;

/// <summary>The secrets of a Region. Owned by a monitor.</summary>
internal sealed class SecretsState : ITimedState
{
    private readonly SortedDictionary<string, Secret> secrets = new(StringComparer.Ordinal);

    public DateTimeOffset? NextDue => secrets.Values.Min(secret => secret.Gone);

    /// <summary>In the order of their names.</summary>
    public IEnumerable<Secret> All => secrets.Values;

    public void OnDue(DateTimeOffset now)
    {
        foreach (var gone in secrets.Values.Where(secret => secret.Gone <= now).ToArray()) secrets.Remove(gone.Name);
    }

    /// <exception cref="Wire.AwsException">ResourceExistsException, InvalidRequestException, LimitExceededException.
    /// </exception>
    public void Add(Secret secret)
    {
        if (secrets.TryGetValue(secret.Name, out var other))
            throw other.Deleted is null ? SecretsErrors.NameExists(secret.Name) : SecretsErrors.NameScheduled();
        if (secrets.Count >= SecretsLimits.MaxSecrets) throw SecretsErrors.TooManySecrets();
        secrets[secret.Name] = secret;
    }

    public void Remove(Secret secret) => secrets.Remove(secret.Name);

    /// <param name="id">A name, an ARN, or an ARN without its random end.</param>
    public Secret? Find(string id) => id.StartsWith("arn:", StringComparison.Ordinal)
        ? secrets.Values.FirstOrDefault(
            secret => secret.Arn == id || secret.Arn[..^(SecretsLimits.SuffixCharacters + 1)] == id)
        : secrets.GetValueOrDefault(id);

    /// <exception cref="Wire.AwsException">ResourceNotFoundException.</exception>
    public Secret Get(string id) => Find(id) ?? throw SecretsErrors.NotFound();

    /// <exception cref="Wire.AwsException">ResourceNotFoundException, InvalidRequestException: it waits for its
    /// deletion.</exception>
    public Secret GetInUse(string id) =>
        Get(id) is { Deleted: null } secret ? secret : throw SecretsErrors.Scheduled();

    /// <summary>Adds a version and gives it its labels, each of which only one version has.</summary>
    /// <exception cref="Wire.AwsException">LimitExceededException.</exception>
    /// <remarks>
    /// Source: AWS Secrets Manager API Reference, PutSecretValue: when AWSCURRENT moves, AWSPREVIOUS moves to the
    /// version that had it.
    /// </remarks>
    public static void AddVersion(Secret secret, SecretVersion version, IEnumerable<string> stages, DateTimeOffset now)
    {
        if (secret.Versions.Count >= SecretsLimits.MaxVersions)
        {
            var oldest = secret.Versions.Find(old => old.Stages.Count == 0) ?? throw SecretsErrors.TooManyVersions();
            secret.Versions.Remove(oldest);
        }

        secret.Versions.Add(version);
        foreach (var stage in stages.Distinct(StringComparer.Ordinal))
        {
            var before = secret.WithStage(stage);
            Move(secret, stage, version);
            if (stage == Stages.Current && before is not null) Move(secret, Stages.Previous, before);
        }

        secret.Changed = now;
    }

    private static void Move(Secret secret, string stage, SecretVersion version)
    {
        secret.WithStage(stage)?.Stages.Remove(stage);
        version.Stages.Add(stage);
    }
}
