namespace Isobar.Local.Deployment.Templates;

/// <summary>Reads parts of a template that can't hold functions; reports values of a wrong kind.</summary>
internal sealed class NodeReader(ErrorList errors, string logicalId)
{
    public TemplateMapping? Map(TemplateMapping owner, string key)
    {
        if (owner.Find(key) is not { } entry) return null;
        if (entry.Value is TemplateMapping mapping) return mapping;
        errors.Add(entry.Value.Location, logicalId, $"{key} must be a map, not {entry.Value.Kind}");
        return null;
    }

    public TemplateScalar? Text(TemplateMapping owner, string key)
    {
        if (owner.Find(key) is not { } entry) return null;
        if (entry.Value is TemplateScalar scalar) return scalar;
        errors.Add(entry.Value.Location, logicalId, $"{key} must be a string, not {entry.Value.Kind}");
        return null;
    }

    /// <summary>A string or a list of strings.</summary>
    public IReadOnlyList<TemplateScalar> Texts(TemplateMapping owner, string key)
    {
        switch (owner.Find(key)?.Value)
        {
            case null:
                return [];
            case TemplateScalar one:
                return [one];
            case TemplateSequence { Items: var items } when items.All(item => item is TemplateScalar):
                return [.. items.Cast<TemplateScalar>()];
            case var other:
                errors.Add(other.Location, logicalId, $"{key} must be a string or a list of strings");
                return [];
        }
    }

    public void OnlyKeys(TemplateMapping owner, params IReadOnlyList<string> supported)
    {
        foreach (var entry in owner.Entries)
        {
            if (supported.Contains(entry.Key)) continue;
            var names = string.Join(", ", supported);
            errors.Add(entry.KeyLocation, logicalId, $"{entry.Key} is not supported; supported are {names}");
        }
    }
}
