using System.Globalization;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Expressions;

/// <summary>Expressions to values. What can't be resolved is added to the errors and left out.</summary>
/// <param name="resources">By logical id; holds everything the expression depends on.</param>
internal sealed class Resolver(
    TemplateValues values,
    Conditions conditions,
    IReadOnlyDictionary<string, DeployedResource> resources,
    ErrorList errors,
    string logicalId)
{
    /// <returns>Null for <c>AWS::NoValue</c>, which removes the property, and after an error.</returns>
    public TemplateNode? Resolve(Expression expression) => expression switch
    {
        Literal literal => literal.Scalar,
        ListOf list => ResolveList(list),
        MapOf map => ResolveMap(map),
        Ref reference => ResolveReference(reference),
        GetAtt attribute => ResolveAttribute(attribute),
        Join join => ResolveJoin(join),
        Select select => ResolveSelect(select),
        Split split => ResolveSplit(split),
        FindInMap find => ResolveMapping(find),
        If choice => Resolve(conditions.Holds(choice.Condition) ? choice.Then : choice.Else),
        _ => Fail(expression, "a condition function has no value here"),
    };

    /// <summary>A string; empty after an error.</summary>
    public string ResolveText(Expression expression)
    {
        var before = errors.Count;
        if (Resolve(expression) is TemplateScalar scalar) return scalar.Text;
        if (errors.Count == before) Fail(expression, "must be a string");
        return "";
    }

    private TemplateSequence ResolveList(ListOf list)
    {
        var items = new List<TemplateNode>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (Resolve(item) is { } value) items.Add(value);
        }

        return new TemplateSequence(list.Location, items);
    }

    private TemplateMapping ResolveMap(MapOf map)
    {
        var entries = new List<TemplateEntry>(map.Entries.Count);
        foreach (var entry in map.Entries)
        {
            if (Resolve(entry.Value) is { } value) entries.Add(new TemplateEntry(entry.Key, entry.KeyLocation, value));
        }

        return new TemplateMapping(map.Location, entries);
    }

    private TemplateNode? ResolveReference(Ref reference)
    {
        if (reference.Name == PseudoParameters.NoValue) return null;
        if (PseudoParameters.Value(values.Stack, reference.Name) is { } pseudo) return Text(reference, pseudo);
        if (values.Parameters.TryGetValue(reference.Name, out var parameter))
        {
            return parameter with { Location = reference.Location };
        }

        return resources.TryGetValue(reference.Name, out var resource)
            ? Text(reference, resource.Reference)
            : Fail(reference, $"{reference.Name} can't be referenced here");
    }

    private TemplateScalar? ResolveAttribute(GetAtt attribute)
    {
        if (!resources.TryGetValue(attribute.LogicalId, out var resource))
        {
            return Fail(attribute, $"{attribute.LogicalId} can't be referenced here");
        }

        if (resource.Attributes.TryGetValue(attribute.Attribute, out var value)) return Text(attribute, value);
        var supported = string.Join(", ", resource.Attributes.Keys.Order(StringComparer.Ordinal));
        return Fail(attribute, $"{resource.Type} has no attribute {attribute.Attribute}; "
            + (supported.Length > 0 ? $"supported are {supported}" : "it supports none"));
    }

    private TemplateScalar? ResolveJoin(Join join) =>
        ResolveTexts(join, join.Values) is { } texts ? Text(join, string.Join(join.Delimiter, texts)) : null;

    private TemplateSequence ResolveSplit(Split split) =>
        new NodeBuilder(split.Location).Texts(ResolveText(split.Source).Split(split.Delimiter));

    private TemplateNode? ResolveSelect(Select select)
    {
        var index = ResolveText(select.Index);
        if (Resolve(select.Values) is not TemplateSequence list)
        {
            return Fail(select, "Fn::Select takes a list of values");
        }

        if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return Fail(select, $"Fn::Select index {index} must be an integer from 0");
        }

        return number < list.Items.Count
            ? list.Items[number] with { Location = select.Location }
            : Fail(select, $"Fn::Select cannot select nonexistent value at index {number}");
    }

    private TemplateNode? ResolveMapping(FindInMap find)
    {
        string[] path = [ResolveText(find.Map), ResolveText(find.Top), ResolveText(find.Second)];
        TemplateNode? found = values.Mappings;
        foreach (var key in path) found = (found as TemplateMapping)?.Find(key)?.Value;
        return found is null
            ? Fail(find, $"Template error: Unable to get mapping for {string.Join("::", path)}")
            : found with { Location = find.Location };
    }

    /// <returns>Null after an error.</returns>
    private List<string>? ResolveTexts(Expression function, Expression list)
    {
        var before = errors.Count;
        if (Resolve(list) is TemplateSequence { Items: var items } && items.All(item => item is TemplateScalar))
        {
            return [.. items.Select(item => ((TemplateScalar)item).Text)];
        }

        if (errors.Count == before) Fail(function, "every value joined or substituted must be a string");
        return null;
    }

    private static TemplateScalar Text(Expression at, string text) => new(at.Location, text, IsPlain: false);

    private TemplateScalar? Fail(Expression at, string message)
    {
        errors.Add(at.Location, logicalId, message);
        return null;
    }
}
