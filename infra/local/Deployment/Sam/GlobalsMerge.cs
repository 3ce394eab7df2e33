using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>Merges Globals into resources: maps are merged, lists are joined, other values are replaced.</summary>
/// <remarks>Source: AWS SAM Developer Guide, Globals section. Functions count as scalars.</remarks>
internal static class GlobalsMerge
{
    /// <summary>Properties SAM never takes from Globals.</summary>
    private static readonly string[] PerFunction = ["Role", "Policies", "FunctionName", "Events", "PackageType"];

    /// <summary>Checks the names of the sections, which each <see cref="Section"/> reads for itself.</summary>
    /// <param name="types">Whose resources share a section.</param>
    public static void CheckSections(
        TemplateMapping? globals, IEnumerable<SamResourceType> types, ErrorList errors)
    {
        if (globals is null) return;
        var sections = types.Select(type => type.GlobalsSection).OfType<string>();
        new NodeReader(errors, "Globals").OnlyKeys(globals, ["Function", .. sections]);
    }

    public static TemplateMapping? FunctionGlobals(TemplateMapping? globals, ErrorList errors) =>
        Section(globals, "Function", FunctionProperties.Supported.Except(PerFunction), errors);

    /// <summary>What resources of a type share; null when there is nothing.</summary>
    public static TemplateMapping? GlobalsOf(SamResourceType type, TemplateMapping? globals, ErrorList errors) =>
        type.GlobalsSection is { } section ? Section(globals, section, type.GlobalProperties, errors) : null;

    private static TemplateMapping? Section(
        TemplateMapping? globals, string name, IEnumerable<string> supported, ErrorList errors)
    {
        if (globals is null) return null;
        var reader = new NodeReader(errors, "Globals");
        var section = reader.Map(globals, name);
        if (section is not null) reader.OnlyKeys(section, [.. supported]);
        return section;
    }

    /// <param name="global">Null when there is none.</param>
    public static TemplateNode Merge(TemplateNode? global, TemplateNode local) => (global, local) switch
    {
        (TemplateMapping left, TemplateMapping right) when !IsFunction(left) && !IsFunction(right) =>
            Merge(left, right),
        (TemplateSequence left, TemplateSequence right) => right with { Items = [.. left.Items, .. right.Items] },
        _ => local,
    };

    private static TemplateMapping Merge(TemplateMapping global, TemplateMapping local)
    {
        var merged = new List<TemplateEntry>();
        foreach (var entry in global.Entries)
        {
            merged.Add(local.Find(entry.Key) is { } own ? own with { Value = Merge(entry.Value, own.Value) } : entry);
        }

        merged.AddRange(local.Entries.Where(entry => global.Find(entry.Key) is null));
        return local with { Entries = merged };
    }

    private static bool IsFunction(TemplateNode node) => FunctionTags.IsFunction(node, out _, out _);
}
