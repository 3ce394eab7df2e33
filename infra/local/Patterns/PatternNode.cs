using System.Text.Json;

namespace Isobar.Local.Patterns;

/// <summary>One key of a pattern: the tests of its value, the keys below it, and choices among those.</summary>
internal sealed class PatternNode(IReadOnlyList<string> path)
{
    private readonly Dictionary<string, PatternNode> children = new(StringComparer.Ordinal);
    private readonly List<IReadOnlyList<PatternNode>> choices = [];

    /// <summary>Null when only keys below it have values.</summary>
    public IReadOnlyList<ValueTest>? Tests { get; set; }

    /// <summary>Whether it was written as an object of keys.</summary>
    public bool IsNested { get; set; }

    public IEnumerable<PatternNode> Children =>
        children.Values.Concat(choices.SelectMany(choice => choice).SelectMany(node => node.Children));

    public int KeyCount => (Tests is null ? 0 : 1) + children.Values.Sum(child => child.KeyCount)
        + choices.Sum(choice => choice.Sum(node => node.KeyCount));

    /// <summary>The node of a child key, made if it is missing; each dot in the key goes one level down.</summary>
    public PatternNode Below(string key)
    {
        var node = this;
        foreach (var part in key.Split('.'))
        {
            if (!node.children.TryGetValue(part, out var next))
                node.children[part] = next = new PatternNode([.. node.Path, part]);
            node = next;
        }

        return node;
    }

    /// <summary>A node for one alternative of this node.</summary>
    public PatternNode Beside() => new(Path);

    public void AddChoice(IReadOnlyList<PatternNode> alternatives) => choices.Add(alternatives);

    public double Combinations(int depth)
    {
        var product = Tests is { } tests ? (double)tests.Count * depth : 1;
        foreach (var child in children.Values) product *= child.Combinations(depth + 1);
        foreach (var choice in choices) product *= choice.Sum(node => node.Combinations(depth));
        return product;
    }

    /// <summary>Whether one of the values, or an element of one, matches everything below this node.</summary>
    /// <param name="values">The values at the path; empty when there are none.</param>
    /// <param name="root">The whole event, to check that a path is absent.</param>
    public bool Holds(IEnumerable<EventValue> values, JsonElement root)
    {
        var any = false;
        foreach (var element in values.SelectMany(value => value.Elements()))
        {
            any = true;
            if (HoldsFor(element, root)) return true;
        }

        return !any && HoldsFor(null, root);
    }

    private IReadOnlyList<string> Path { get; } = path;

    private bool HoldsFor(EventValue? element, JsonElement root) =>
        (Tests is null || HoldTests(element, root))
        && children.All(child => child.Value.Holds(element?.Find(child.Key) ?? [], root))
        && choices.All(choice => choice.Any(node => node.HoldsFor(element, root)));

    private bool HoldTests(EventValue? element, JsonElement root) =>
        Tests!.Any(test => test is Absent
            ? !new EventValue(root, null).Has(Path, 0)
            : element is { IsScalar: true } scalar && test.Holds(scalar.Element));
}
