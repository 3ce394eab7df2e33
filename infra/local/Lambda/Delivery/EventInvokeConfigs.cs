namespace Isobar.Local.Lambda.Delivery;

/// <summary>The event invoke configurations, one a function and qualifier. Owned by a monitor.</summary>
/// <remarks>The functions of the account bound it: a configuration is only put where there is one.</remarks>
internal sealed class EventInvokeConfigs
{
    private readonly SortedDictionary<string, EventInvokeConfig> configs = new(StringComparer.Ordinal);

    /// <param name="functionArn">Qualified.</param>
    public EventInvokeConfig? Find(string functionArn) => configs.GetValueOrDefault(functionArn);

    /// <summary>The configurations of a function, in the order of their qualifiers.</summary>
    /// <param name="functionArn">Not qualified.</param>
    public IReadOnlyList<KeyValuePair<string, EventInvokeConfig>> Of(string functionArn) =>
        [.. configs.Where(entry => entry.Key.StartsWith(functionArn + ":", StringComparison.Ordinal))];

    /// <summary>Adds a configuration or puts it in the place of the one that was there.</summary>
    public void Put(string functionArn, EventInvokeConfig config) => configs[functionArn] = config;

    /// <summary>Deletes what was configured for a function that is gone, and for its versions and aliases.</summary>
    /// <param name="arn">Of the function; or, qualified, of the one version that is gone.</param>
    public void DeleteOf(string arn)
    {
        configs.Remove(arn);
        foreach (var (key, _) in Of(arn)) configs.Remove(key);
    }

    /// <returns>False when there was none.</returns>
    public bool Delete(string functionArn) => configs.Remove(functionArn);
}
