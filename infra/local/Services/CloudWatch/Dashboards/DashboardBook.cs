namespace Isobar.Local.Services.CloudWatch.Dashboards;

internal sealed record Dashboard(string Name, string Body, DateTimeOffset LastModified);

/// <summary>The dashboards of the account: they belong to no Region. Owned by its monitor.</summary>
internal sealed class DashboardBook
{
    private readonly SortedDictionary<string, Dashboard> dashboards = new(StringComparer.Ordinal);

    public IEnumerable<Dashboard> All => dashboards.Values;

    /// <exception cref="Wire.AwsException">InvalidParameterValue: there are too many.</exception>
    public void Put(string name, string body, DateTimeOffset now)
    {
        if (!dashboards.ContainsKey(name) && dashboards.Count >= CloudWatchLimits.MaxDashboards)
            throw CloudWatchErrors.InvalidValue(
                $"This host holds at most {CloudWatchLimits.MaxDashboards} dashboards.");
        dashboards[name] = new Dashboard(name, body, now);
    }

    /// <exception cref="Wire.AwsException">ResourceNotFound.</exception>
    public Dashboard Get(string name) =>
        dashboards.GetValueOrDefault(name) ?? throw CloudWatchErrors.DashboardNotFound(name);

    /// <summary>Deletes all of them, or none when one does not exist.</summary>
    /// <exception cref="Wire.AwsException">ResourceNotFound.</exception>
    public void Delete(IReadOnlyList<string> names)
    {
        foreach (var name in names) Get(name);
        foreach (var name in names) dashboards.Remove(name);
    }

    /// <summary>Deletes one; one that is gone already is passed over.</summary>
    public void Remove(string name) => dashboards.Remove(name);
}
