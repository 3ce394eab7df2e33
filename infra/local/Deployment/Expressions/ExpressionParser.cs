using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Expressions;

/// <summary>Template nodes to expressions; every malformed function becomes an error at its line.</summary>
internal sealed class ExpressionParser(ErrorList errors, string logicalId)
{
    private const string SupportedInValues =
        "Ref, Fn::FindInMap, Fn::GetAtt, Fn::If, Fn::Join, Fn::Select, Fn::Split, Fn::Sub";
    private const string SupportedInConditions = "Condition, Fn::And, Fn::Equals, Fn::Not, Fn::Or";

    public Expression Parse(TemplateNode node)
    {
        if (FunctionTags.IsFunction(node, out var name, out var argument)) return ParseFunction(node, name, argument);
        return node switch
        {
            TemplateScalar scalar => new Literal(scalar),
            TemplateSequence sequence => new ListOf(node.Location, [.. sequence.Items.Select(Parse)]),
            TemplateMapping mapping => ParseMap(mapping),
            _ => throw new ArgumentOutOfRangeException(nameof(node)),
        };
    }

    /// <summary>One entry of the Conditions section, or an operand of And, Or and Not.</summary>
    public Expression ParseCondition(TemplateNode node)
    {
        var at = node.Location;
        if (node is TemplateMapping { Entries: [{ Key: "Condition", Value: TemplateScalar named }] })
        {
            return new ConditionTest(at, named.Text);
        }

        FunctionTags.IsFunction(node, out var name, out var argument);
        var items = argument is TemplateSequence list ? list.Items : [];
        return (name, items.Count) switch
        {
            ("Fn::Equals", 2) => new EqualsTest(at, Parse(items[0]), Parse(items[1])),
            ("Fn::Not", 1) => new NotTest(at, ParseCondition(items[0])),
            // 2 to 10. Source: AWS CloudFormation User Guide, condition functions.
            ("Fn::And", >= 2 and <= 10) => new AllTests(at, [.. items.Select(ParseCondition)]),
            ("Fn::Or", >= 2 and <= 10) => new AnyTest(at, [.. items.Select(ParseCondition)]),
            ("Fn::Equals", _) => Malformed(at, "Fn::Equals takes a list of two values"),
            ("Fn::Not", _) => Malformed(at, "Fn::Not takes a list of one condition"),
            ("Fn::And" or "Fn::Or", _) => Malformed(at, $"{name} takes a list of 2 to 10 conditions"),
            _ => Malformed(at, $"a condition must be one of {SupportedInConditions}"),
        };
    }

    private MapOf ParseMap(TemplateMapping mapping)
    {
        var entries = new List<MapEntry>(mapping.Entries.Count);
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key.StartsWith("Fn::", StringComparison.Ordinal))
            {
                errors.Add(entry.KeyLocation, logicalId, $"{entry.Key} must be the only key of its map");
            }

            entries.Add(new MapEntry(entry.Key, entry.KeyLocation, Parse(entry.Value)));
        }

        return new MapOf(mapping.Location, entries);
    }

    private Expression ParseFunction(TemplateNode node, string name, TemplateNode argument)
    {
        var at = node.Location;
        var items = argument is TemplateSequence list ? list.Items : [];
        return (name, argument, items) switch
        {
            ("Ref", TemplateScalar target, _) => new Ref(at, target.Text),
            ("Fn::GetAtt", TemplateScalar { Text: var path }, _) when path.IndexOf('.') is > 0 and var dot =>
                new GetAtt(at, path[..dot], path[(dot + 1)..]),
            ("Fn::GetAtt", _, [TemplateScalar id, TemplateScalar attribute]) =>
                new GetAtt(at, id.Text, attribute.Text),
            ("Fn::Sub", TemplateScalar pattern, _) => ParseSub(pattern, variables: null),
            ("Fn::Sub", _, [TemplateScalar pattern, TemplateMapping variables]) => ParseSub(pattern, variables),
            ("Fn::Join", _, [TemplateScalar delimiter, var values]) => new Join(at, delimiter.Text, Parse(values)),
            ("Fn::Split", _, [TemplateScalar { Text.Length: > 0 } delimiter, var source]) =>
                new Split(at, delimiter.Text, Parse(source)),
            ("Fn::Select", _, [var index, var values]) => new Select(at, Parse(index), Parse(values)),
            ("Fn::FindInMap", _, [var map, var top, var second]) =>
                new FindInMap(at, Parse(map), Parse(top), Parse(second)),
            ("Fn::If", _, [TemplateScalar condition, var then, var otherwise]) =>
                new If(at, condition.Text, Parse(then), Parse(otherwise)),
            _ => Malformed(at, Shape(name)),
        };
    }

    private static string Shape(string name) => name switch
    {
        "Ref" => "Ref takes a name",
        "Fn::GetAtt" => "Fn::GetAtt takes LogicalId.Attribute or a list of the two, as plain strings",
        "Fn::Sub" => "Fn::Sub takes a string, or a list of a string and a map of variables",
        "Fn::Join" => "Fn::Join takes a list of a delimiter and a list of values",
        "Fn::Split" => "Fn::Split takes a list of a non-empty delimiter and a string",
        "Fn::Select" => "Fn::Select takes a list of an index and a list of values",
        "Fn::FindInMap" => "Fn::FindInMap takes a list of a map name, a top-level key and a second-level key",
        "Fn::If" => "Fn::If takes a list of a condition name and two values",
        _ => $"{name} is not supported here; supported are {SupportedInValues}",
    };

    private Expression ParseSub(TemplateScalar pattern, TemplateMapping? variables)
    {
        var named = variables is null ? null : ParseMap(variables);
        var used = new HashSet<string>(StringComparer.Ordinal);
        var parts = new List<Expression>();
        var pieces = SubPattern.Split(pattern.Text, out var problem);
        foreach (var part in pieces)
        {
            var at = pattern.Location;
            if (!part.IsVariable) parts.Add(new Literal(new NodeBuilder(at).Text(part.Text)));
            else if (named?.Entries.FirstOrDefault(entry => entry.Key == part.Text) is { } variable)
            {
                used.Add(part.Text);
                parts.Add(variable.Value);
            }
            else if (part.Text.IndexOf('.') is > 0 and var dot)
            {
                parts.Add(new GetAtt(at, part.Text[..dot], part.Text[(dot + 1)..]));
            }
            else parts.Add(new Ref(at, part.Text));
        }

        if (problem is not null) errors.Add(pattern.Location, logicalId, problem);
        foreach (var entry in named?.Entries ?? [])
        {
            if (used.Contains(entry.Key)) continue;
            errors.Add(entry.KeyLocation, logicalId, $"Fn::Sub does not use its variable {entry.Key}");
        }

        return new Join(pattern.Location, "", new ListOf(pattern.Location, parts));
    }

    private Literal Malformed(SourceLocation at, string message)
    {
        errors.Add(at, logicalId, message);
        return new Literal(new NodeBuilder(at).Text(""));
    }
}
