namespace Isobar.Local.Services.Ssm;

/// <summary>A parameter's name, and the Region that it is in.</summary>
internal readonly record struct ParameterKey(string Region, string Name);

/// <summary>One version of a parameter.</summary>
/// <param name="Version">From 1.</param>
/// <param name="LastModified">Service time of the write.</param>
internal sealed record ParameterVersion(string Name, string Value, long Version, DateTimeOffset LastModified);

/// <summary>The parameters of the account. Owned by a monitor.</summary>
internal sealed class SsmState
{
    private readonly Dictionary<ParameterKey, List<ParameterVersion>> parameters = [];

    /// <summary>Writes a parameter's next version; the oldest makes room when there are too many.</summary>
    /// <param name="overwrite">Whether the parameter may exist.</param>
    /// <exception cref="Wire.AwsException">ParameterAlreadyExists, ParameterLimitExceeded.</exception>
    public ParameterVersion Put(ParameterKey key, string value, bool overwrite, DateTimeOffset now)
    {
        if (!parameters.TryGetValue(key, out var versions))
        {
            if (parameters.Keys.Count(other => other.Region == key.Region) >= SsmLimits.MaxParameters)
                throw SsmErrors.LimitExceeded();
            parameters[key] = versions = [];
        }
        else if (!overwrite)
        {
            throw SsmErrors.AlreadyExists();
        }

        var written = new ParameterVersion(key.Name, value, (versions.LastOrDefault()?.Version ?? 0) + 1, now);
        versions.Add(written);
        if (versions.Count > SsmLimits.MaxVersions) versions.RemoveAt(0);
        return written;
    }

    public bool Exists(ParameterKey key) => parameters.ContainsKey(key);

    /// <summary>A parameter's latest version, or the one that a selector names.</summary>
    /// <param name="selector">A version's number, or a label: no version has one. Null for the latest.</param>
    /// <exception cref="Wire.AwsException">ParameterNotFound, ParameterVersionNotFound.</exception>
    public ParameterVersion Get(ParameterKey key, string? selector)
    {
        if (!parameters.TryGetValue(key, out var versions)) throw SsmErrors.NotFound();
        if (selector is null) return versions[^1];
        return versions.Find(version => $"{version.Version}" == selector)
            ?? throw SsmErrors.VersionNotFound(selector, key.Name);
    }
}
