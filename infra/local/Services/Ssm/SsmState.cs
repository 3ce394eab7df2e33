namespace Isobar.Local.Services.Ssm;

/// <summary>The parameters of a Region. Owned by a monitor.</summary>
internal sealed class SsmState
{
    private readonly SortedDictionary<string, Parameter> parameters = new(StringComparer.Ordinal);

    /// <summary>In the order of their names.</summary>
    public IEnumerable<Parameter> Parameters => parameters.Values;

    /// <summary>Writes a parameter's next version; the oldest makes room when there are too many.</summary>
    /// <param name="written">Its number and time do not count.</param>
    /// <param name="overwrite">Whether the parameter may exist.</param>
    /// <exception cref="Wire.AwsException">ParameterAlreadyExists, ParameterLimitExceeded,
    /// ParameterMaxVersionLimitExceeded.</exception>
    public ParameterVersion Put(ParameterVersion written, bool overwrite, DateTimeOffset now)
    {
        if (!parameters.TryGetValue(written.Name, out var known))
        {
            CheckRoom(written.Tier);
            written = written with { Version = 1, LastModified = now };
            parameters[written.Name] = new Parameter(written);
            return written;
        }

        if (!overwrite) throw SsmErrors.AlreadyExists();
        var versions = known.Versions;
        if (versions.Count >= SsmLimits.MaxVersions)
        {
            if (versions[0].Labels.Count > 0)
                throw SsmErrors.OldestVersionHasLabel(written.Name, versions[0].Version);
            versions.RemoveAt(0);
        }

        written = written with { Version = known.Latest.Version + 1, LastModified = now };
        versions.Add(written);
        return written;
    }

    /// <summary>Deletes a parameter with all its versions.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Delete(string name) => parameters.Remove(name);

    public bool Exists(string name) => parameters.ContainsKey(name);

    public Parameter? Find(string name) => parameters.GetValueOrDefault(name);

    /// <exception cref="Wire.AwsException">ParameterNotFound.</exception>
    public Parameter Get(string name) => Find(name) ?? throw SsmErrors.NotFound();

    /// <summary>A parameter's latest version, or the one that a selector names.</summary>
    /// <param name="selector">A version's number or one of its labels; null for the latest.</param>
    /// <exception cref="Wire.AwsException">ParameterNotFound, ParameterVersionNotFound.</exception>
    public ParameterVersion Get(string name, string? selector) =>
        Get(name).Find(selector) ?? throw SsmErrors.VersionNotFound(selector!, name);

    private void CheckRoom(string tier)
    {
        var most = tier == ParameterKinds.Advanced ? SsmLimits.MaxAdvancedParameters : SsmLimits.MaxParameters;
        if (parameters.Count >= most && parameters.Values.Count(known => known.Latest.Tier == tier) >= most)
            throw SsmErrors.LimitExceeded();
    }
}
