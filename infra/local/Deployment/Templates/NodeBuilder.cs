namespace Isobar.Local.Deployment.Templates;

/// <summary>Makes nodes for generated resources, with the location of what they are generated from.</summary>
internal readonly record struct NodeBuilder(SourceLocation Location)
{
    public TemplateScalar Text(string text) => new(Location, text, IsPlain: false);

    public TemplateSequence List(params IEnumerable<TemplateNode> items) => new(Location, [.. items]);

    public TemplateSequence Texts(params IEnumerable<string> items) => List(items.Select(Text));

    /// <summary>A map of the entries whose value is not null.</summary>
    public TemplateMapping Map(params IEnumerable<(string Key, TemplateNode? Value)> entries)
    {
        var location = Location;
        return new(location, [.. entries.Where(entry => entry.Value is not null)
            .Select(entry => new TemplateEntry(entry.Key, location, entry.Value!))]);
    }

    public TemplateMapping Ref(string name) => Map(("Ref", Text(name)));

    public TemplateMapping GetAtt(string logicalId, string attribute) =>
        Map(("Fn::GetAtt", Texts(logicalId, attribute)));

    public TemplateMapping If(string condition, TemplateNode then, TemplateNode otherwise) =>
        Map(("Fn::If", List(Text(condition), then, otherwise)));
}
