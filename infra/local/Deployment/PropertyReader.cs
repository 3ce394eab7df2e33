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
    private readonly TemplateMapping mapping;
    private readonly PropertyLedger ledger;
    private readonly string path;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PropertyReader> nested = new(StringComparer.Ordinal);

    private PropertyReader(TemplateMapping mapping, PropertyLedger ledger, string path) =>
        (this.mapping, this.ledger, this.path) = (mapping, ledger, path);

    /// <param name="properties">Resolved: it holds no functions.</param>
    public static PropertyReader ForResource(string logicalId, string type, TemplateMapping properties) =>
        new(properties, new PropertyLedger(logicalId, type), "");

    public SourceLocation Location => mapping.Location;

    public string LogicalId => ledger.LogicalId;

    /// <summary>The names present, in the order written; asking for them reads no property.</summary>
    public IEnumerable<string> Names => mapping.Entries.Select(entry => entry.Key);

    /// <summary>What was declared inert so far, in nested maps too.</summary>
    public IReadOnlyList<InertSetting> InertSettings => ledger.Inert;

    public bool Has(string name) => mapping.Find(name) is not null;

    /// <summary>Accepts a property that changes nothing locally; the start prints them.</summary>
    public void Inert(string name, string why)
    {
        if (Ask(name) is { } entry) ledger.AddInert(entry.KeyLocation, PathOf(name), why);
    }

    /// <summary>Accepts a whole resource that changes nothing locally.</summary>
    /// <param name="known">Properties the type has, besides those read already; any other is an error.</param>
    public void InertResource(SourceLocation location, IEnumerable<string> known, string why)
    {
        asked.UnionWith(known);
        ledger.AddInert(location, ledger.Type, why);
    }

    /// <summary>Remembers an error about a property, for rules that join several properties.</summary>
    /// <param name="name">Need not be present.</param>
    public void Refuse(string name, string message)
    {
        var location = mapping.Find(name)?.KeyLocation ?? Location;
        ledger.Errors.Add(location, LogicalId, $"{PathOf(name)} {message}");
    }

    /// <exception cref="DeploymentException">A value was wrong, or a property was never asked for.</exception>
    public void Finish()
    {
        AddUnread();
        ledger.Errors.ThrowIfAny();
    }

    private void AddUnread()
    {
        foreach (var entry in mapping.Entries)
        {
            if (asked.Contains(entry.Key)) continue;
            var supported = string.Join(", ", asked.Order(StringComparer.Ordinal));
            var message = $"property {PathOf(entry.Key)} of {ledger.Type} is not supported";
            ledger.Errors.Add(entry.KeyLocation, LogicalId, $"{message}; supported are {supported}");
        }

        foreach (var reader in nested.Values) reader.AddUnread();
    }

    private TemplateEntry? Ask(string name)
    {
        asked.Add(name);
        return mapping.Find(name);
    }

    /// <summary>The same reader each time, so that what one part of a provider read counts for the others.</summary>
    private PropertyReader Nested(TemplateMapping mapping, string path)
    {
        if (nested.TryGetValue(path, out var known)) return known;
        return nested[path] = new PropertyReader(mapping, ledger, path);
    }

    private string PathOf(string name) => path.Length > 0 ? $"{path}.{name}" : name;

    private void Wrong(string name, SourceLocation location, string mustBe) =>
        ledger.Errors.Add(location, LogicalId, $"{PathOf(name)} must be {mustBe}");

    /// <returns>To be thrown: the required property is absent or was wrong.</returns>
    private DeploymentException Missing(string name)
    {
        if (!Has(name)) ledger.Errors.Add(Location, LogicalId, $"property {PathOf(name)} is required");
        return new DeploymentException(ledger.Errors.Errors);
    }
}
