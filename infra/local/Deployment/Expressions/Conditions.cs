namespace Isobar.Local.Deployment.Expressions;

/// <summary>The Conditions section, each evaluated once, when first asked for.</summary>
internal sealed class Conditions
{
    private readonly IReadOnlyDictionary<string, Expression> tests;
    private readonly Resolver resolver;
    private readonly ErrorList errors;
    private readonly Dictionary<string, bool> known = [];
    private readonly List<string> open = [];

    /// <param name="tests">By name; every name used is defined (<see cref="NameCheck"/>).</param>
    public Conditions(IReadOnlyDictionary<string, Expression> tests, TemplateValues values, ErrorList errors)
    {
        (this.tests, this.errors) = (tests, errors);
        resolver = new Resolver(values, this, new Dictionary<string, DeployedResource>(), errors, "Conditions");
    }

    /// <summary>Whether a condition holds. One that depends on itself is an error, and false.</summary>
    public bool Holds(string name)
    {
        if (this.known.TryGetValue(name, out var known)) return known;
        if (open.Contains(name))
        {
            var cycle = string.Join(", ", open[open.IndexOf(name)..]);
            errors.Add(tests[name].Location, name, $"Circular dependency between conditions: [{cycle}]");
            return false;
        }

        open.Add(name);
        var holds = Test(tests[name]);
        open.RemoveAt(open.Count - 1);
        return this.known[name] = holds;
    }

    private bool Test(Expression test) => test switch
    {
        EqualsTest equals => string.Equals(
            resolver.ResolveText(equals.Left), resolver.ResolveText(equals.Right), StringComparison.Ordinal),
        AllTests all => all.Tests.All(Test),
        AnyTest any => any.Tests.Any(Test),
        NotTest not => !Test(not.Test),
        ConditionTest condition => Holds(condition.Name),
        _ => false, // The parser has reported it.
    };
}
