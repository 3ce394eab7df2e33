namespace Isobar.Local.Deployment.Expressions;

/// <summary>The Conditions section, each evaluated once, when first asked for.</summary>
internal sealed class Conditions
{
    private readonly IReadOnlyDictionary<string, Expression> _tests;
    private readonly Resolver _resolver;
    private readonly ErrorList _errors;
    private readonly Dictionary<string, bool> _known = [];
    private readonly List<string> _open = [];

    /// <param name="tests">By name; every name used is defined (<see cref="NameCheck"/>).</param>
    public Conditions(IReadOnlyDictionary<string, Expression> tests, TemplateValues values, ErrorList errors)
    {
        (_tests, _errors) = (tests, errors);
        _resolver = new Resolver(values, this, new Dictionary<string, DeployedResource>(), errors, "Conditions");
    }

    /// <summary>Whether a condition holds. One that needs itself is an error and counts as false.</summary>
    public bool Holds(string name)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        if (_open.Contains(name))
        {
            var cycle = string.Join(", ", _open[_open.IndexOf(name)..]);
            _errors.Add(_tests[name].Location, name, $"Circular dependency between conditions: [{cycle}]");
            return false;
        }

        _open.Add(name);
        var holds = Test(_tests[name]);
        _open.RemoveAt(_open.Count - 1);
        return _known[name] = holds;
    }

    private bool Test(Expression test) => test switch
    {
        EqualsTest equals => string.Equals(
            _resolver.ResolveText(equals.Left), _resolver.ResolveText(equals.Right), StringComparison.Ordinal),
        AllTests all => all.Tests.All(Test),
        AnyTest any => any.Tests.Any(Test),
        NotTest not => !Test(not.Test),
        ConditionTest condition => Holds(condition.Name),
        _ => false, // The parser has reported it.
    };
}
