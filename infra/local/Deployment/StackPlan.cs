using Isobar.Local.Deployment.Expressions;
using Isobar.Local.Deployment.Packages;
using Isobar.Local.Deployment.Parameters;
using Isobar.Local.Deployment.Sam;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment;

/// <summary>A deployment before its first resource exists: what will be created, in which order.</summary>
/// <param name="Resources">In the order of creation.</param>
internal sealed record StackPlan(
    TemplateValues Values,
    Conditions Conditions,
    IReadOnlyList<PlannedResource> Resources,
    IReadOnlyList<PlannedOutput> Outputs,
    ParameterValues Parameters,
    IReadOnlyList<InertSetting> Inert,
    string? Description)
{
    /// <param name="previous">The values that parameters have so far; they stay where the profile has none.</param>
    /// <param name="supportedTypes">The types some provider creates.</param>
    /// <param name="parts">What services add to templates.</param>
    /// <exception cref="DeploymentException">Every error that can be found without creating anything; cycles only
    /// when there is no other.</exception>
    public static StackPlan Prepare(
        TemplateSource source,
        ParameterProfile profile,
        StackIdentity stack,
        IReadOnlyCollection<string> supportedTypes,
        TemplateParts parts,
        ErrorList errors,
        IReadOnlyDictionary<string, TemplateScalar>? previous = null)
    {
        var document = TemplatePackages.Replace(
            DocumentReader.Read(TemplateReader.Read(source), errors), source.Packages);
        var declarations = ParameterDeclaration.ReadAll(document.Parameters, errors);
        var parameters = ParameterValues.Bind(declarations, profile, errors, previous);
        var expansion = document.UsesServerless
            ? ServerlessTransform.Expand(document, parts, parameters.Resolved, errors)
            : new ServerlessExpansion(document.Resources, document.Outputs, []);
        CheckTypes(
            expansion.Resources, supportedTypes,
            document.UsesServerless ? ServerlessTransform.Types(parts) : [], errors);

        var tests = ParseConditions(document, expansion.Conditions, errors);
        var properties = expansion.Resources.ToDictionary(
            resource => resource.LogicalId,
            resource => new ExpressionParser(errors, resource.LogicalId).Parse(resource.Properties));
        var policies = expansion.Resources.Where(resource => resource.UpdatePolicy is not null).ToDictionary(
            resource => resource.LogicalId,
            resource => new ExpressionParser(errors, resource.LogicalId).Parse(resource.UpdatePolicy!));
        foreach (var resource in expansion.Resources) RetentionPolicies.Check(resource, errors);
        var outputs = expansion.Outputs.Select(output => ParseOutput(output, errors)).ToList();

        var logicalIds = expansion.Resources.Select(resource => resource.LogicalId).ToHashSet();
        new PlanNames(parameters.Resolved.Keys.ToHashSet(), tests.Keys.ToHashSet(), logicalIds, errors)
            .Check(tests, expansion.Resources, properties, policies, outputs);
        errors.ThrowIfAny();

        var values = new TemplateValues(stack, parameters.Resolved, document.Mappings);
        var conditions = new Conditions(tests, values, errors);
        var conditionOf = expansion.Resources.ToDictionary(
            resource => resource.LogicalId, resource => resource.Condition);
        var planned = expansion.Resources
            .Where(resource => resource.Condition is null || conditions.Holds(resource.Condition))
            .Select(resource => Plan(
                resource, properties[resource.LogicalId], policies.GetValueOrDefault(resource.LogicalId), conditionOf,
                conditions))
            .ToList();
        var ordered = CreationOrder.Of(planned, errors);
        errors.ThrowIfAny();
        return new StackPlan(
            values, conditions, ordered,
            [.. outputs.Where(output => output.Entry.Condition is not { } name || conditions.Holds(name))],
            parameters, expansion.Inert, document.Description);
    }

    private static void CheckTypes(
        IReadOnlyList<ResourceEntry> resources,
        IReadOnlyCollection<string> supported,
        IEnumerable<string> expanded,
        ErrorList errors)
    {
        var names = string.Join(", ", supported.Concat(expanded).Order(StringComparer.Ordinal));
        foreach (var resource in resources.Where(resource => !supported.Contains(resource.Type)))
        {
            var message = $"resource type {resource.Type} is not supported; supported are {names}";
            errors.Add(resource.Location, resource.LogicalId, message);
        }
    }

    private static Dictionary<string, Expression> ParseConditions(
        TemplateDocument document, IEnumerable<TemplateEntry> added, ErrorList errors) =>
        (document.Conditions?.Entries ?? []).Concat(added).ToDictionary(
            entry => entry.Key, entry => new ExpressionParser(errors, entry.Key).ParseCondition(entry.Value));

    private static PlannedOutput ParseOutput(OutputEntry output, ErrorList errors)
    {
        var parser = new ExpressionParser(errors, output.Key);
        var export = output.ExportName is { } name ? parser.Parse(name) : null;
        return new PlannedOutput(output, parser.Parse(output.Value), export);
    }

    private static PlannedResource Plan(
        ResourceEntry entry,
        Expression properties,
        Expression? updatePolicy,
        IReadOnlyDictionary<string, string?> conditionOf,
        Conditions conditions)
    {
        var used = ((IEnumerable<Expression?>)[properties, updatePolicy]).OfType<Expression>()
            .SelectMany(expression => Dependencies.Of(expression, conditionOf.ContainsKey, conditions));
        // DependsOn a resource whose condition is false is ignored; Ref and GetAtt of one are errors.
        var named = entry.DependsOn.Where(
            name => conditionOf[name.Text] is not { } condition || conditions.Holds(condition));
        return new PlannedResource(
            entry, properties, updatePolicy,
            [.. named.Select(name => new Dependency(name.Text, name.Location)), .. used]);
    }
}
