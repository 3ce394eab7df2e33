namespace Isobar.Local.Services.Ssm;

/// <summary>One version of a parameter.</summary>
/// <param name="Version">From 1.</param>
/// <param name="LastModified">Service time of the write.</param>
internal sealed record ParameterVersion(string Name, string Value, long Version, DateTimeOffset LastModified);

/// <summary>The parameters of a Region. Owned by a monitor.</summary>
internal sealed class SsmState
{
    private readonly Dictionary<string, List<ParameterVersion>> parameters = new(StringComparer.Ordinal);

    /// <summary>Writes a parameter's next version; the oldest makes room when there are too many.</summary>
    /// <param name="overwrite">Whether the parameter may exist.</param>
    /// <exception cref="Wire.AwsException">ParameterAlreadyExists, ParameterLimitExceeded.</exception>
    public ParameterVersion Put(string name, string value, bool overwrite, DateTimeOffset now)
    {
        if (!parameters.TryGetValue(name, out var versions))
        {
            if (parameters.Count >= SsmLimits.MaxParameters) throw SsmErrors.LimitExceeded();
            parameters[name] = versions = [];
        }
        else if (!overwrite)
        {
            throw SsmErrors.AlreadyExists();
        }

        var written = new ParameterVersion(name, value, (versions.LastOrDefault()?.Version ?? 0) + 1, now);
        versions.Add(written);
        if (versions.Count > SsmLimits.MaxVersions) versions.RemoveAt(0);
        return written;
    }

    /// <summary>Deletes a parameter with all its versions; one that is not there is passed over.</summary>
    public void Delete(string name) => parameters.Remove(name);

    public bool Exists(string name) => parameters.ContainsKey(name);

    /// <summary>A parameter's latest version, or the one that a selector names.</summary>
    /// <param name="selector">A version's number, or a label: no version has one. Null for the latest.</param>
    /// <exception cref="Wire.AwsException">ParameterNotFound, ParameterVersionNotFound.</exception>
    public ParameterVersion Get(string name, string? selector)
    {
        if (!parameters.TryGetValue(name, out var versions)) throw SsmErrors.NotFound();
        if (selector is null) return versions[^1];
        return versions.Find(version => $"{version.Version}" == selector)
            ?? throw SsmErrors.VersionNotFound(selector, name);
    }
}
