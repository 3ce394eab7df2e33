using System.Collections.Immutable;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>One change at one path.</summary>
internal abstract record UpdateAction(DocumentPath Path);

internal sealed record SetAction(DocumentPath Path, Operand Value) : UpdateAction(Path);

internal sealed record RemoveAction(DocumentPath Path) : UpdateAction(Path);

/// <param name="Value">A number or a set.</param>
internal sealed record AddAction(DocumentPath Path, AttributeValue Value) : UpdateAction(Path);

/// <param name="Elements">Null only for an undefined placeholder, which never gets as far as an item.</param>
internal sealed record DeleteAction(DocumentPath Path, SetValue? Elements) : UpdateAction(Path);

/// <summary>An update expression, ready for items.</summary>
internal sealed class Update(IReadOnlyList<UpdateAction> actions)
{
    /// <summary>The places that it changes; none overlaps another.</summary>
    public IEnumerable<DocumentPath> Paths => actions.Select(action => action.Path);

    /// <summary>The type of what an attribute is set to or becomes by an addition, where it is known without an
    /// item.</summary>
    /// <returns>Null when it is not, or when the attribute as a whole is not changed.</returns>
    public string? TypeGivenTo(string attribute) => actions
        .Where(action => !action.Path.IsNested && action.Path.Attribute == attribute)
        .Select(action => action switch
        {
            SetAction set => set.Value.StaticType,
            AddAction add => add.Value.Type,
            _ => null,
        }).FirstOrDefault();

    /// <summary>The item after the update. All operands are taken from the item as it was before.</summary>
    /// <exception cref="Wire.AwsException">ValidationException: the item has not what the expression
    /// needs.</exception>
    public AttributeMap Apply(AttributeMap before)
    {
        // Elements are removed last and from behind, so that every index means the list as it was.
        var changes = actions
            .Select(action => (action.Path, Value: ValueAfter(action, before)))
            .OrderBy(change => change.Value is null)
            .ThenBy(change => change.Value is null ? change.Path : null, LastFirst.Instance);
        return changes.Aggregate(before, (item, change) => DocumentChange.Put(item, change.Path, change.Value));
    }

    /// <returns>Null when nothing shall be left at the path.</returns>
    private static AttributeValue? ValueAfter(UpdateAction action, AttributeMap item)
    {
        switch (action)
        {
            case SetAction set: return set.Value.Evaluate(item) ?? throw ExpressionErrors.MissingAttribute();
            case AddAction add: return Sum(add.Path.Find(item), add.Value);
            case DeleteAction delete: return Difference(delete.Path.Find(item), delete.Elements!);
            default: return null;
        }
    }

    private static AttributeValue Sum(AttributeValue? old, AttributeValue added) => (old, added) switch
    {
        (null, _) => added,
        (NumberValue a, NumberValue b) => new NumberValue(a.Value + b.Value),
        (SetValue a, SetValue b) when a.Type == b.Type => new SetValue(a.Type, a.Elements.Union(b.Elements)),
        _ => throw ExpressionErrors.IncorrectDataType(),
    };

    private static SetValue? Difference(AttributeValue? old, SetValue removed)
    {
        if (old is null) return null;
        if (old is not SetValue set || set.Type != removed.Type) throw ExpressionErrors.IncorrectDataType();
        var left = set.Elements.Except(removed.Elements);
        return left.IsEmpty ? null : new SetValue(set.Type, left);
    }

    private sealed class LastFirst : IComparer<DocumentPath?>
    {
        public static readonly LastFirst Instance = new();

        public int Compare(DocumentPath? x, DocumentPath? y)
        {
            if (x is null || y is null) return (x is null).CompareTo(y is null);
            for (var i = 0; i < Math.Min(x.Elements.Length, y.Elements.Length); i++)
            {
                var order = string.CompareOrdinal(x.Elements[i].Name, y.Elements[i].Name);
                if (order == 0) order = y.Elements[i].Index.CompareTo(x.Elements[i].Index);
                if (order != 0) return order;
            }

            return 0;
        }
    }
}
