using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>
/// Replaces <c>Ref</c> of a parameter and <c>Fn::FindInMap</c> by their values: the transform does so in the few
/// properties that it must understand itself. Every other function stays.
/// </summary>
internal sealed class KnownValues(IReadOnlyDictionary<string, TemplateNode> parameters, TemplateMapping? mappings)
{
    public TemplateNode Apply(TemplateNode node)
    {
        var inner = node switch
        {
            TemplateSequence list => list with { Items = [.. list.Items.Select(Apply)] },
            TemplateMapping map => map with
            {
                Entries = [.. map.Entries.Select(entry => entry with { Value = Apply(entry.Value) })],
            },
            _ => node,
        };
        if (!FunctionTags.IsFunction(inner, out var name, out var argument)) return inner;
        return (name, argument) switch
        {
            ("Ref", TemplateScalar parameter) => parameters.GetValueOrDefault(parameter.Text, inner),
            ("Fn::FindInMap", TemplateSequence
            {
                Items: [TemplateScalar map, TemplateScalar top, TemplateScalar second],
            }) => Find(map.Text, top.Text, second.Text) ?? inner,
            _ => inner,
        };
    }

    private TemplateNode? Find(string map, string top, string second) =>
        mappings?.Find(map)?.Value is TemplateMapping levels
            && levels.Find(top)?.Value is TemplateMapping values
            ? values.Find(second)?.Value
            : null;
}
