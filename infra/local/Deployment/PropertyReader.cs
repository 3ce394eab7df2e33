using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment;

/// <summary>Reads the properties of one resource, or a map inside them, and notices what nobody read.</summary>
/// <remarks>
/// A wrong optional value is remembered and read as absent; a missing or wrong required value throws at once, with all
/// that was remembered. <see cref="Finish"/> throws what is left, and one error for each property that was never asked
/// for: so a setting can't be accepted and ignored. Strings, numbers and booleans convert into each other as in
/// CloudFormation: <c>"5"</c> is a number where a number is wanted.
/// </remarks>
internal sealed partial class PropertyReader
{
    private readonly TemplateMapping _mapping;
    private readonly PropertyLedger _ledger;
    private readonly string _path;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PropertyReader> _nested = new(StringComparer.Ordinal);

    private PropertyReader(TemplateMapping mapping, PropertyLedger ledger, string path) =>
        (_mapping, _ledger, _path) = (mapping, ledger, path);

    /// <param name="properties">Resolved: it holds no functions.</param>
    public static PropertyReader ForResource(string logicalId, string type, TemplateMapping properties) =>
        new(properties, new PropertyLedger(logicalId, type), "");

    public SourceLocation Location => _mapping.Location;

    public string LogicalId => _ledger.LogicalId;

    /// <summary>The names present, in the order written; asking for them reads no property.</summary>
    public IEnumerable<string> Names => _mapping.Entries.Select(entry => entry.Key);

    /// <summary>What was declared inert so far, in nested maps too.</summary>
    public IReadOnlyList<InertSetting> InertSettings => _ledger.Inert;

    public bool Has(string name) => _mapping.Find(name) is not null;

    /// <summary>Accepts a property that changes nothing locally; the start prints it.</summary>
    public void Inert(string name, string why)
    {
        if (Ask(name) is { } entry) _ledger.AddInert(entry.KeyLocation, PathOf(name), why);
    }

    /// <summary>Accepts a whole resource that changes nothing locally.</summary>
    /// <param name="known">Properties the type has, besides those read already; any other is an error.</param>
    public void InertResource(SourceLocation location, IEnumerable<string> known, string why)
    {
        _asked.UnionWith(known);
        _ledger.AddInert(location, _ledger.Type, why);
    }

    /// <summary>Remembers an error about a property, for rules that join several properties.</summary>
    /// <param name="name">Need not be present.</param>
    public void Refuse(string name, string message)
    {
        var location = _mapping.Find(name)?.KeyLocation ?? Location;
        _ledger.Errors.Add(location, LogicalId, $"{PathOf(name)} {message}");
    }

    /// <exception cref="DeploymentException">A value was wrong, or a property was never asked for.</exception>
    public void Finish()
    {
        AddUnread();
        _ledger.Errors.ThrowIfAny();
    }

    private void AddUnread()
    {
        foreach (var entry in _mapping.Entries)
        {
            if (_asked.Contains(entry.Key)) continue;
            var supported = string.Join(", ", _asked.Order(StringComparer.Ordinal));
            var message = $"property {PathOf(entry.Key)} of {_ledger.Type} is not supported";
            _ledger.Errors.Add(entry.KeyLocation, LogicalId, $"{message}; supported are {supported}");
        }

        foreach (var reader in _nested.Values) reader.AddUnread();
    }

    private TemplateEntry? Ask(string name)
    {
        _asked.Add(name);
        return _mapping.Find(name);
    }

    /// <summary>The same reader each time, so that what one part of a provider read counts for the others.</summary>
    private PropertyReader Nested(TemplateMapping mapping, string path)
    {
        if (_nested.TryGetValue(path, out var known)) return known;
        return _nested[path] = new PropertyReader(mapping, _ledger, path);
    }

    private string PathOf(string name) => _path.Length > 0 ? $"{_path}.{name}" : name;

    private void Wrong(string name, SourceLocation location, string mustBe) =>
        _ledger.Errors.Add(location, LogicalId, $"{PathOf(name)} must be {mustBe}");

    /// <returns>To be thrown: the required property is absent or was wrong.</returns>
    private DeploymentException Missing(string name)
    {
        if (!Has(name)) _ledger.Errors.Add(Location, LogicalId, $"property {PathOf(name)} is required");
        return new DeploymentException(_ledger.Errors.Errors);
    }
}
