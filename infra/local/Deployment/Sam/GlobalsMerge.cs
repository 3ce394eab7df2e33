using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>The Globals section: maps merge, lists concatenate, everything else the resource overrides.</summary>
/// <remarks>Source: AWS SAM Developer Guide, Globals section. Functions count as scalars.</remarks>
internal static class GlobalsMerge
{
    /// <summary>Properties SAM never takes from Globals.</summary>
    private static readonly string[] PerFunction = ["Role", "Policies", "FunctionName", "Events", "PackageType"];

    public static TemplateMapping? FunctionGlobals(TemplateMapping? globals, ErrorList errors)
    {
        if (globals is null) return null;
        var shape = new Shape(errors, "Globals");
        shape.OnlyKeys(globals, "Function");
        var function = shape.Map(globals, "Function");
        if (function is not null) shape.OnlyKeys(function, [.. FunctionProperties.Supported.Except(PerFunction)]);
        return function;
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
