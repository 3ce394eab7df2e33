using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>A SAM policy template: a statement with one parameter.</summary>
/// <param name="Parameter">Its name in the template, for example <c>BucketName</c>.</param>
/// <param name="Resources">Patterns of <c>Fn::Sub</c> around the parameter in camel case.</param>
/// <param name="ResourceIsList">Whether the statement writes its resource as a list.</param>
/// <remarks>Source: AWS SAM Developer Guide, policy template list; tests compare with the real ones.</remarks>
internal sealed record PolicyTemplate(
    string Name,
    string Parameter,
    IReadOnlyList<string> Actions,
    IReadOnlyList<string> Resources,
    bool ResourceIsList)
{
    /// <summary>Whether the statement writes its one action as a text and not as a list.</summary>
    public bool ActionIsText { get; init; }

    /// <summary>Actions of a statement of its own before the other, on any resource; empty for none.</summary>
    public IReadOnlyList<string> ActionsOnAny { get; init; } = [];

    /// <summary>The pattern of <c>Fn::Sub</c> that those actions are on in its place; null for any resource.</summary>
    public string? ResourceOfAny { get; init; }

    /// <param name="use">The template's name and the map of its parameters.</param>
    /// <returns>A policy document; null after an error.</returns>
    public TemplateNode? Expand(TemplateEntry use, string logicalId, ErrorList errors)
    {
        if (use.Value is not TemplateMapping values)
        {
            var message = $"Must specify valid parameter values for policy template '{Name}'";
            errors.Add(use.KeyLocation, logicalId, message);
            return null;
        }

        foreach (var entry in values.Entries.Where(entry => entry.Key != Parameter))
        {
            var message = $"policy template '{Name}' has no parameter {entry.Key}; supported is {Parameter}";
            errors.Add(entry.KeyLocation, logicalId, message);
        }

        if (values.Find(Parameter) is { } value) return Document(new NodeBuilder(use.KeyLocation), value.Value);
        var missing = $"Following required parameters of template '{Name}' don't have values: ['{Parameter}']";
        errors.Add(use.KeyLocation, logicalId, missing);
        return null;
    }

    private TemplateMapping Document(NodeBuilder at, TemplateNode value)
    {
        var variable = char.ToLowerInvariant(Parameter[0]) + Parameter[1..];
        var resources = Resources.Select(pattern =>
            at.Map(("Fn::Sub", at.List(at.Text(pattern), at.Map((variable, value)))))).ToArray();
        var statement = at.Map(
            ("Action", ActionIsText ? at.Text(Actions[0]) : at.Texts(Actions)),
            ("Effect", at.Text("Allow")),
            ("Resource", ResourceIsList ? at.List(resources) : resources[0]));
        if (ActionsOnAny.Count == 0) return at.Map(("Statement", at.List(statement)));
        var first = at.Map(
            ("Action", at.Texts(ActionsOnAny)), ("Effect", at.Text("Allow")),
            ("Resource", ResourceOfAny is { } pattern ? at.Map(("Fn::Sub", at.Text(pattern))) : at.Text("*")));
        return at.Map(("Statement", at.List(first, statement)));
    }

    /// <summary>A pattern of <c>Fn::Sub</c> for an ARN of the stack's Region and account.</summary>
    public static string Regional(string service, string resource) =>
        $"arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}";
}
