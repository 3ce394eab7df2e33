using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>One entry of a function's Events, while it is expanded.</summary>
internal sealed class SamEvent
{
    private readonly ResourceEntry function;
    private readonly SamAlias? alias;
    private readonly TemplateEntry declared;
    private readonly ResourceTable resources;

    private SamEvent(FunctionExpansion expansion, TemplateEntry declared, ResourceTable resources)
    {
        (function, alias) = (expansion.Function, expansion.Alias);
        (this.declared, this.resources, Errors) = (declared, resources, expansion.Errors);
        At = new NodeBuilder(declared.KeyLocation);
        Reader = new NodeReader(Errors, function.LogicalId);
        Properties = At.Map();
    }

    public NodeBuilder At { get; }

    public NodeReader Reader { get; }

    public ErrorList Errors { get; }

    /// <summary>The event's properties; empty when it has none.</summary>
    public TemplateMapping Properties { get; private set; }

    /// <summary>The function's logical id and the event's name, with which SAM names what it makes.</summary>
    public string LogicalId => function.LogicalId + declared.Key;

    /// <summary>
    /// What <c>Fn::Sub</c> writes as the ARN that the event goes to: of the function, or of its alias.
    /// </summary>
    public string ArnVariable => alias is null ? $"${{{function.LogicalId}.Arn}}" : $"${{{alias.LogicalId}}}";

    /// <summary>The ARN that the event goes to: of the function, or of its alias.</summary>
    public TemplateMapping FunctionArn =>
        alias is null ? At.GetAtt(function.LogicalId, "Arn") : At.Ref(alias.LogicalId);

    // The function's name, or its alias's ARN.
    private TemplateMapping FunctionReference => At.Ref(alias?.LogicalId ?? function.LogicalId);

    /// <summary>The function's condition; null when it has none.</summary>
    public string? Condition => function.Condition;

    /// <summary>Expands an entry by its type.</summary>
    public static void Expand(
        FunctionExpansion function, TemplateEntry declared, ResourceTable resources)
    {
        var types = function.Parts.Events;
        var entry = new SamEvent(function, declared, resources);
        if (declared.Value is not TemplateMapping mapping)
        {
            entry.Fail("must be a map of Type and Properties");
            return;
        }

        entry.Reader.OnlyKeys(mapping, "Type", "Properties");
        entry.Properties = entry.Reader.Map(mapping, "Properties") ?? entry.Properties;
        var written = entry.Reader.Text(mapping, "Type");
        if (types.FirstOrDefault(type => type.Type == written?.Text) is { } known)
        {
            known.Expand(entry);
            return;
        }

        var names = string.Join(", ", types.Select(type => type.Type).Order(StringComparer.Ordinal));
        entry.Fail(
            $"event type {written?.Text ?? "(none)"} is not supported; supported are {names}", written?.Location);
    }

    /// <summary>A property's value; null when it is absent.</summary>
    public TemplateNode? Value(string property) => Properties.Find(property)?.Value;

    /// <summary>A resource of the template, as far as it is expanded.</summary>
    public ResourceEntry? Find(string logicalId) => resources.Find(logicalId);

    public void Replace(ResourceEntry resource) => resources.Replace(resource);

    /// <summary>Adds a resource, with the function's condition and policies.</summary>
    public void Add(string logicalId, string type, TemplateMapping properties) =>
        resources.Add(new ResourceEntry(logicalId, declared.KeyLocation, type, properties)
        {
            Condition = function.Condition,
            DeletionPolicy = function.DeletionPolicy,
            UpdateReplacePolicy = function.UpdateReplacePolicy,
        });

    /// <summary>Lets a service invoke the function.</summary>
    /// <param name="principal">For example <c>sns.amazonaws.com</c>.</param>
    /// <param name="source">What the permission is limited to: SourceArn or SourceAccount.</param>
    /// <param name="logicalId">Where SAM does not call it by the event.</param>
    /// <returns>The permission's logical id.</returns>
    public string AddPermission(
        string principal, (string Name, TemplateNode? Value) source, string? logicalId = null)
    {
        logicalId ??= LogicalId + "Permission";
        Add(logicalId, "AWS::Lambda::Permission", At.Map(
            ("Action", At.Text("lambda:InvokeFunction")),
            ("FunctionName", FunctionReference),
            ("Principal", At.Text(principal)),
            source));
        return logicalId;
    }

    /// <summary>Lets Lambda read an event source for the function.</summary>
    /// <param name="source">The source's ARN.</param>
    /// <param name="options">Properties of the event that are handed on unchanged, where it has them.</param>
    public void AddMapping(TemplateNode source, IReadOnlyCollection<string> options)
    {
        var mapping = At.Map(("EventSourceArn", source), ("FunctionName", FunctionReference));
        var given = Properties.Entries.Where(entry => options.Contains(entry.Key));
        Add(LogicalId, "AWS::Lambda::EventSourceMapping", mapping with { Entries = [.. mapping.Entries, .. given] });
    }

    /// <summary>Reports what is wrong with the event.</summary>
    /// <param name="location">Where; the event's name unless said otherwise.</param>
    public void Fail(string message, SourceLocation? location = null) => Errors.Add(
        location ?? declared.KeyLocation, function.LogicalId, $"Event {declared.Key}: {message}");
}
