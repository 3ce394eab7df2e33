using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Parameters;

/// <summary>What the template's parameters are for this deployment.</summary>
/// <param name="Resolved">What <c>Ref</c> gives: a string, or a list for the list types.</param>
/// <param name="Shown">What DescribeStacks shows.</param>
/// <param name="Texts">The values as they were given.</param>
internal sealed record ParameterValues(
    IReadOnlyDictionary<string, TemplateNode> Resolved, IReadOnlyDictionary<string, string> Shown,
    IReadOnlyDictionary<string, TemplateScalar> Texts)
{
    /// <summary>
    /// Takes values from the profile, else the previous ones, else from Default; reports missing, unknown and refused
    /// ones.
    /// </summary>
    /// <param name="previous">Of the stack that is updated.</param>
    public static ParameterValues Bind(
        IReadOnlyList<ParameterDeclaration> declarations, ParameterProfile profile, ErrorList errors,
        IReadOnlyDictionary<string, TemplateScalar>? previous = null)
    {
        var texts = new Dictionary<string, TemplateScalar>();
        var resolved = new Dictionary<string, TemplateNode>();
        var shown = new Dictionary<string, string>();
        foreach (var parameter in declarations)
        {
            var value = profile.Values.GetValueOrDefault(parameter.Name)
                ?? previous?.GetValueOrDefault(parameter.Name) ?? parameter.Default;
            if (value is null)
            {
                errors.Add(parameter.Location, parameter.Name, $"Parameters: [{parameter.Name}] must have values");
                value = new TemplateScalar(parameter.Location, "", IsPlain: false);
            }
            else if (ParameterConstraints.Violation(parameter, Items(parameter, value.Text)) is { } violation)
            {
                errors.Add(value.Location, parameter.Name, violation);
            }

            resolved[parameter.Name] = parameter.IsList
                ? new NodeBuilder(value.Location).Texts(Items(parameter, value.Text))
                : value with { IsPlain = false };
            texts[parameter.Name] = value;
            shown[parameter.Name] = parameter.NoEcho ? "****" : value.Text;
        }

        foreach (var (name, value) in profile.Values.Where(entry => !resolved.ContainsKey(entry.Key)))
        {
            errors.Add(value.Location, name, $"Parameters: [{name}] do not exist in the template");
        }

        return new ParameterValues(resolved, shown, texts);
    }

    /// <remarks>Spaces around items are dropped. Source: AWS CloudFormation User Guide, Parameters,
    /// CommaDelimitedList.</remarks>
    private static IReadOnlyList<string> Items(ParameterDeclaration parameter, string text) =>
        parameter.IsList ? text.Split(',', StringSplitOptions.TrimEntries) : [text];
}
