namespace Isobar.Local.Deployment.Expressions;

/// <summary>A resource that must exist first, and where the template says so.</summary>
internal sealed record Dependency(string LogicalId, SourceLocation Location);

internal static class Dependencies
{
    /// <summary>The resources an expression needs, given which branches of <c>Fn::If</c> are taken.</summary>
    /// <param name="isResource">Tells a resource from a parameter.</param>
    public static IEnumerable<Dependency> Of(
        Expression expression, Func<string, bool> isResource, Conditions conditions)
    {
        switch (expression)
        {
            case Ref reference when isResource(reference.Name):
                return [new Dependency(reference.Name, reference.Location)];
            case GetAtt attribute:
                return [new Dependency(attribute.LogicalId, attribute.Location)];
            case If choice:
                return Of(conditions.Holds(choice.Condition) ? choice.Then : choice.Else, isResource, conditions);
            default:
                return expression.Children.SelectMany(child => Of(child, isResource, conditions));
        }
    }
}
