using System.Collections.Immutable;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>Cuts an item down to some document paths; what is left of a list closes up.</summary>
internal sealed class Projection
{
    private readonly Branch root = new();

    /// <param name="paths">None overlaps another.</param>
    public Projection(IEnumerable<DocumentPath> paths)
    {
        foreach (var path in paths)
        {
            var branch = root;
            foreach (var element in path.Elements)
            {
                if (!branch.Children.TryGetValue(element, out var child))
                    branch.Children[element] = child = new Branch();
                branch = child;
            }
        }
    }

    /// <summary>The attributes with which the paths begin.</summary>
    public IReadOnlyList<string> Attributes => [.. root.Children.Keys.Select(element => element.Name!)];

    /// <returns>Null when there is no expression.</returns>
    /// <exception cref="Wire.AwsException">ValidationException: the expression is not valid.</exception>
    public static Projection? Parse(string? text, Placeholders placeholders)
    {
        if (text is null) return null;
        var reader = new ExpressionReader("ProjectionExpression", text, placeholders);
        var paths = new List<DocumentPath>();
        do
        {
            var path = reader.ReadPath();
            PathRules.CheckAgainst(ref reader, paths, path);
            paths.Add(path);
        }
        while (reader.TryTake(TokenKind.Comma));
        reader.Finish();
        return new Projection(paths);
    }

    public AttributeMap Apply(AttributeMap item) => Cut(item, root);

    private static AttributeMap Cut(AttributeMap map, Branch branch)
    {
        var entries = new List<KeyValuePair<string, AttributeValue>>();
        foreach (var (element, child) in branch.Children)
            if (element.Name is { } name && Cut(map[name], child) is { } value)
                entries.Add(new KeyValuePair<string, AttributeValue>(name, value));
        return AttributeMap.Of(entries);
    }

    private static AttributeValue? Cut(AttributeValue? value, Branch branch)
    {
        if (branch.Children.Count == 0) return value;
        if (value is MapValue map) return Cut(map.Members, branch) is { Count: > 0 } some ? new MapValue(some) : null;
        if (value is not ListValue list) return null;
        var elements = ImmutableArray.CreateBuilder<AttributeValue>();
        foreach (var (element, child) in branch.Children.OrderBy(entry => entry.Key.Index))
            if (element.Name is null && element.Index < list.Elements.Length
                && Cut(list.Elements[element.Index], child) is { } cut)
                elements.Add(cut);
        return elements.Count > 0 ? new ListValue(elements.ToImmutable()) : null;
    }

    private sealed class Branch
    {
        public Dictionary<PathElement, Branch> Children { get; } = [];
    }
}
