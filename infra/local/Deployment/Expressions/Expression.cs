using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Expressions;

/// <summary>A template value whose functions are parsed, not evaluated.</summary>
internal abstract record Expression(SourceLocation Location)
{
    public virtual IEnumerable<Expression> Children => [];
}

internal sealed record Literal(TemplateScalar Scalar) : Expression(Scalar.Location);

internal sealed record ListOf(SourceLocation Location, IReadOnlyList<Expression> Items) : Expression(Location)
{
    public override IEnumerable<Expression> Children => Items;
}

internal sealed record MapOf(SourceLocation Location, IReadOnlyList<MapEntry> Entries) : Expression(Location)
{
    public override IEnumerable<Expression> Children => Entries.Select(entry => entry.Value);
}

internal sealed record MapEntry(string Key, SourceLocation KeyLocation, Expression Value);

internal sealed record Ref(SourceLocation Location, string Name) : Expression(Location);

internal sealed record GetAtt(SourceLocation Location, string LogicalId, string Attribute) : Expression(Location);

/// <summary><c>Fn::Join</c>; <c>Fn::Sub</c> is the same with an empty delimiter.</summary>
internal sealed record Join(SourceLocation Location, string Delimiter, Expression Values) : Expression(Location)
{
    public override IEnumerable<Expression> Children => [Values];
}

internal sealed record Select(SourceLocation Location, Expression Index, Expression Values) : Expression(Location)
{
    public override IEnumerable<Expression> Children => [Index, Values];
}

internal sealed record Split(SourceLocation Location, string Delimiter, Expression Source) : Expression(Location)
{
    public override IEnumerable<Expression> Children => [Source];
}

internal sealed record FindInMap(SourceLocation Location, Expression Map, Expression Top, Expression Second)
    : Expression(Location)
{
    public override IEnumerable<Expression> Children => [Map, Top, Second];
}

internal sealed record If(SourceLocation Location, string Condition, Expression Then, Expression Else)
    : Expression(Location)
{
    public override IEnumerable<Expression> Children => [Then, Else];
}

/// <summary>What the Conditions section is made of.</summary>
internal sealed record EqualsTest(SourceLocation Location, Expression Left, Expression Right) : Expression(Location)
{
    public override IEnumerable<Expression> Children => [Left, Right];
}

internal sealed record AllTests(SourceLocation Location, IReadOnlyList<Expression> Tests) : Expression(Location)
{
    public override IEnumerable<Expression> Children => Tests;
}

internal sealed record AnyTest(SourceLocation Location, IReadOnlyList<Expression> Tests) : Expression(Location)
{
    public override IEnumerable<Expression> Children => Tests;
}

internal sealed record NotTest(SourceLocation Location, Expression Test) : Expression(Location)
{
    public override IEnumerable<Expression> Children => [Test];
}

internal sealed record ConditionTest(SourceLocation Location, string Name) : Expression(Location);
