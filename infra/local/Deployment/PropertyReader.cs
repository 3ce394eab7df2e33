using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment;

/// <summary>Reads the properties of one resource, or of a map inside them; reports those that were not read.</summary>
/// <remarks>
/// A wrong optional value is kept as an error and read as absent; a missing or wrong required value throws at once,
/// with the errors so far. <see cref="Finish"/> throws the others, and one error for each property that was never
/// read: so a setting can't be accepted and ignored. Strings, numbers and booleans convert into each other as in
/// CloudFormation: <c>"5"</c> is a number where a number is wanted.
/// </remarks>
internal sealed partial class PropertyReader
{
    private readonly TemplateMapping mapping;
    private readonly PropertyFindings findings;
    private readonly string path;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PropertyReader> nested = new(StringComparer.Ordinal);

    private PropertyReader(TemplateMapping mapping, PropertyFindings findings, string path) =>
        (this.mapping, this.findings, this.path) = (mapping, findings, path);

    /// <param name="properties">Resolved: it holds no functions.</param>
    public static PropertyReader ForResource(string logicalId, string type, TemplateMapping properties) =>
        new(properties, new PropertyFindings(logicalId, type), "");

    public SourceLocation Location => mapping.Location;

    public string LogicalId => findings.LogicalId;

    /// <summary>The names present, in the order written; this does not count as reading them.</summary>
    public IEnumerable<string> Names => mapping.Entries.Select(entry => entry.Key);

    /// <summary>What was declared inert so far, in nested maps too.</summary>
    public IReadOnlyList<InertSetting> InertSettings => findings.Inert;

    public bool Has(string name) => mapping.Find(name) is not null;

    /// <summary>Accepts a property that changes nothing locally; the start prints them.</summary>
    public void Inert(string name, string why)
    {
        if (Ask(name) is { } entry) findings.AddInert(entry.KeyLocation, PathOf(name), why);
    }

    /// <summary>Accepts a whole resource that changes nothing locally.</summary>
    /// <param name="known">Properties the type has, besides those read already; any other is an error.</param>
    public void InertResource(SourceLocation location, IEnumerable<string> known, string why)
    {
        asked.UnionWith(known);
        findings.AddInert(location, findings.Type, why);
    }

    /// <summary>Adds an error about a property, for rules that concern several properties.</summary>
    /// <param name="name">Need not be present.</param>
    public void Refuse(string name, string message)
    {
        var location = mapping.Find(name)?.KeyLocation ?? Location;
        findings.Errors.Add(location, LogicalId, $"{PathOf(name)} {message}");
    }

    /// <exception cref="DeploymentException">A value was wrong, or a property was never read.</exception>
    public void Finish()
    {
        AddUnread();
        findings.Errors.ThrowIfAny();
    }

    private void AddUnread()
    {
        foreach (var entry in mapping.Entries)
        {
            if (asked.Contains(entry.Key)) continue;
            var supported = string.Join(", ", asked.Order(StringComparer.Ordinal));
            var message = $"property {PathOf(entry.Key)} of {findings.Type} is not supported";
            findings.Errors.Add(entry.KeyLocation, LogicalId, $"{message}; supported are {supported}");
        }

        foreach (var reader in nested.Values) reader.AddUnread();
    }

    private TemplateEntry? Ask(string name)
    {
        asked.Add(name);
        return mapping.Find(name);
    }

    /// <summary>The same reader each time: what one part of a provider has read, the others have too.</summary>
    private PropertyReader Nested(TemplateMapping mapping, string path)
    {
        if (nested.TryGetValue(path, out var known)) return known;
        return nested[path] = new PropertyReader(mapping, findings, path);
    }

    private string PathOf(string name) => path.Length > 0 ? $"{path}.{name}" : name;

    private void Wrong(string name, SourceLocation location, string mustBe) =>
        findings.Errors.Add(location, LogicalId, $"{PathOf(name)} must be {mustBe}");

    /// <returns>An exception to throw: the required property is absent or was wrong.</returns>
    private DeploymentException Missing(string name)
    {
        if (!Has(name)) findings.Errors.Add(Location, LogicalId, $"property {PathOf(name)} is required");
        return new DeploymentException(findings.Errors.Errors);
    }
}
