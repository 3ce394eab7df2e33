using Isobar.Local.Deployment.Expressions;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>Makes Ref, GetAtt and Sub follow resources whose logical ids the transform changed.</summary>
/// <param name="names">New logical ids by old ones.</param>
internal sealed class ReferenceRename(IReadOnlyDictionary<string, string> names)
{
    public TemplateNode Apply(TemplateNode node) => FunctionTags.IsFunction(node, out var function, out var argument)
        ? Rename((TemplateMapping)node, function, argument)
        : node switch
        {
            TemplateSequence sequence => sequence with { Items = [.. sequence.Items.Select(Apply)] },
            TemplateMapping mapping => Apply(mapping),
            _ => node,
        };

    public TemplateMapping Apply(TemplateMapping mapping) => mapping with
    {
        Entries = [.. mapping.Entries.Select(entry => entry with { Value = Apply(entry.Value) })],
    };

    private TemplateMapping Rename(TemplateMapping node, string function, TemplateNode argument)
    {
        var renamed = (function, argument) switch
        {
            ("Ref", TemplateScalar target) => target with { Text = NameOf(target.Text) },
            ("Fn::GetAtt", TemplateScalar path) => path with { Text = Path(path.Text) },
            ("Fn::GetAtt", TemplateSequence { Items: [TemplateScalar id, ..] } list) =>
                list with { Items = [id with { Text = NameOf(id.Text) }, .. list.Items.Skip(1)] },
            ("Fn::Sub", TemplateScalar pattern) => pattern with { Text = Pattern(pattern.Text) },
            ("Fn::Sub", TemplateSequence { Items: [TemplateScalar pattern, TemplateMapping own] } list) =>
                list with { Items = [pattern with { Text = Pattern(pattern.Text) }, Apply(own)] },
            (_, TemplateSequence sequence) => sequence with { Items = [.. sequence.Items.Select(Apply)] },
            (_, TemplateMapping mapping) => Apply(mapping),
            _ => argument,
        };
        return node with { Entries = [node.Entries[0] with { Value = renamed }] };
    }

    // A variable of the Sub's own that has a resource's name is renamed too: so does the real transform.
    private string Pattern(string pattern)
    {
        var parts = SubPattern.Split(pattern, out var problem);
        if (problem is not null || !parts.Any(part => part.IsVariable && IsRenamed(part.Text))) return pattern;
        return string.Concat(parts.Select(part => part switch
        {
            { IsVariable: true } => $"${{{Path(part.Text)}}}",
            _ => part.Text.Replace("${", "${!", StringComparison.Ordinal),
        }));
    }

    private bool IsRenamed(string path) => names.ContainsKey(path) || names.ContainsKey(path.Split('.')[0]);

    // Function.Alias is an id of its own, before it is an attribute of Function.
    private string Path(string path) => !names.ContainsKey(path) && path.Split('.', 2) is [var id, var attribute]
        ? $"{NameOf(id)}.{attribute}"
        : NameOf(path);

    private string NameOf(string logicalId) => names.GetValueOrDefault(logicalId, logicalId);
}
