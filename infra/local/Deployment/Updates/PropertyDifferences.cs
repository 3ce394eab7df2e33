using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Updates;

/// <summary>Compares what a resource was made from with what it is to be made from.</summary>
internal static class PropertyDifferences
{
    /// <summary>The top-level properties with another value, those that came and went too, in order.</summary>
    public static IReadOnlySet<string> Of(TemplateMapping before, TemplateMapping after)
    {
        var names = before.Entries.Concat(after.Entries).Select(entry => entry.Key);
        return names.Where(name => !AreEqual(before.Find(name)?.Value, after.Find(name)?.Value))
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether two values say the same: quotes, places and the order of a map's keys do not count.</summary>
    private static bool AreEqual(TemplateNode? left, TemplateNode? right) => (left, right) switch
    {
        (null, null) => true,
        (TemplateScalar one, TemplateScalar other) => one.Text == other.Text,
        (TemplateSequence one, TemplateSequence other) => one.Items.Count == other.Items.Count
            && one.Items.Zip(other.Items).All(pair => AreEqual(pair.First, pair.Second)),
        (TemplateMapping one, TemplateMapping other) => one.Entries.Count == other.Entries.Count
            && one.Entries.All(entry => AreEqual(entry.Value, other.Find(entry.Key)?.Value)),
        _ => false,
    };
}
