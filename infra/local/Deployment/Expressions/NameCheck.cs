namespace Isobar.Local.Deployment.Expressions;

/// <summary>
/// Finds names that are not defined, also in branches of Fn::If that are not taken, as CloudFormation does first.
/// </summary>
/// <param name="resources">Logical ids; empty where resources may not be named (Conditions).</param>
internal sealed class NameCheck(
    IReadOnlySet<string> parameters,
    IReadOnlySet<string> conditions,
    IReadOnlySet<string> resources,
    ErrorList errors)
{
    /// <param name="section">The section's name for messages: Resources, Conditions or Outputs.</param>
    public void Check(Expression expression, string logicalId, string section)
    {
        switch (expression)
        {
            case Ref { Name: var name } when name.StartsWith("AWS::", StringComparison.Ordinal):
                if (!PseudoParameters.Has(name))
                {
                    Add($"{name} is not supported; supported are {PseudoParameters.Supported}");
                }

                break;
            case Ref { Name: var name } when !parameters.Contains(name) && !resources.Contains(name):
                AddUnresolved(name);
                break;
            case GetAtt { LogicalId: var id } when !resources.Contains(id):
                AddUnresolved(id);
                break;
            case If { Condition: var name }:
                CheckCondition(expression.Location, name, logicalId);
                break;
            case ConditionTest { Name: var name }:
                CheckCondition(expression.Location, name, logicalId);
                break;
        }

        foreach (var child in expression.Children) Check(child, logicalId, section);

        void AddUnresolved(string name) => Add(Unresolved(name, section));

        void Add(string message) => errors.Add(expression.Location, logicalId, message);
    }

    /// <summary>CloudFormation's words for a name that is neither a parameter nor a resource.</summary>
    public static string Unresolved(string name, string section) =>
        $"Unresolved resource dependencies [{name}] in the {section} block of the template";

    public void CheckCondition(SourceLocation location, string name, string logicalId)
    {
        if (!conditions.Contains(name)) errors.Add(location, logicalId, $"Unresolved condition dependency {name}");
    }
}
