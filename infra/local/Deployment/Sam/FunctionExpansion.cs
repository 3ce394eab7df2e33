using Isobar.Local.Deployment.Packages;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>Replaces an <c>AWS::Serverless::Function</c> by the resources that SAM makes of it.</summary>
internal sealed class FunctionExpansion(
    ResourceEntry function, ResourceTable resources, List<InertSetting> inert, TemplateParts parts,
    ErrorList errors)
{
    private readonly NodeBuilder at = new(function.Location);
    private readonly TemplateMapping properties = function.Properties;
    private readonly NodeReader reader = new(errors, function.LogicalId);

    /// <param name="preferences">Takes how the function's alias is to be moved.</param>
    public void Expand(DeploymentPreferences preferences)
    {
        reader.OnlyKeys(properties, FunctionProperties.Supported);
        var isSound = CheckPackage();
        CheckMetadata();
        var events = reader.Map(properties, "Events");
        Alias = new AliasExpansion(this, resources, errors).Expand();
        var invoke = EventInvokeExpansion.Of(this);
        var role = RoleExpansion.Expand(this, events, invoke.Policies);
        var lambda = at.Map(
            [
                ("Code", !IsImage ? CodeUri() : isSound ? ImageUri() : null),
                .. FunctionProperties.PassedThrough.Select(name => (name, Value(name))),
                ("Role", role is null ? Value("Role") : at.GetAtt(role.LogicalId, "Arn")),
                ("Tags", TagList()),
                ("TracingConfig", Tracing is { } mode ? at.Map(("Mode", mode)) : null),
                ("DeadLetterConfig", DeadLetterTarget() is { } target ? at.Map(("TargetArn", target)) : null),
            ]);
        resources.Replace(function with { Type = "AWS::Lambda::Function", Properties = KeepKeyLocations(lambda) });
        foreach (var made in invoke.Resources) resources.Add(made);
        if (role is not null) resources.Add(role);
        foreach (var entry in (events?.Entries ?? []).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            SamEvent.Expand(this, entry, resources);
        }

        preferences.Add(this);
        if (role is null) AddInert("Policies", "SAM ignores Policies when the function has a Role");
    }

    public ResourceEntry Function => function;

    /// <summary>What events and settings are attached to, instead of the function itself; null without one.</summary>
    public SamAlias? Alias { get; private set; }

    public NodeBuilder At => at;

    public ErrorList Errors => errors;

    /// <summary>What services add.</summary>
    public TemplateParts Parts => parts;

    /// <summary>The function's properties with those of Globals, as the template has them.</summary>
    public TemplateMapping Properties => properties;

    public TemplateNode? Value(string name) => properties.Find(name)?.Value;

    /// <summary>A property that is a map; null, and an error, when it is anything else.</summary>
    public TemplateMapping? Settings(string name) => reader.Map(properties, name);

    /// <summary>The tracing mode; null when there is none. Disabled is the same as none.</summary>
    public TemplateNode? Tracing => Value("Tracing") is TemplateScalar { Text: "Disabled" } ? null : Value("Tracing");

    /// <summary>SAM's own tag, then the function's: a list of Key and Value.</summary>
    public TemplateSequence TagList()
    {
        var own = reader.Map(properties, "Tags")?.Entries ?? [];
        return at.List(
            [
                Tag("lambda:createdBy", at.Text("SAM")),
                .. own.Select(entry => Tag(entry.Key, entry.Value)),
            ]);
    }

    /// <summary>The target of the function's dead-letter queue; null when it has none.</summary>
    public TemplateNode? DeadLetterTarget()
    {
        if (reader.Map(properties, "DeadLetterQueue") is not { } queue) return null;
        reader.OnlyKeys(queue, "Type", "TargetArn");
        if (DeadLetterAction is not null && queue.Find("TargetArn") is { } target) return target.Value;
        var types = parts.Destinations.Where(type => type.DeadLetterAction is not null).Select(type => type.Type);
        errors.Add(queue.Location, function.LogicalId,
            $"'DeadLetterQueue' requires Type ({string.Join(" or ", types)}) and TargetArn");
        return null;
    }

    /// <summary>What the role must allow for the dead-letter queue; null when its type can't be one.</summary>
    public string? DeadLetterAction =>
        Value("DeadLetterQueue") is TemplateMapping queue && queue.Find("Type")?.Value is TemplateScalar type
            ? parts.Destinations.FirstOrDefault(known => known.Type == type.Text)?.DeadLetterAction
            : null;

    private TemplateMapping Tag(string key, TemplateNode value) => at.Map(("Key", at.Text(key)), ("Value", value));

    private TemplateScalar? CodeUri()
    {
        if (Value("CodeUri") is TemplateScalar path && !path.Text.StartsWith("s3://", StringComparison.Ordinal))
        {
            return path;
        }

        var message = "CodeUri must be a path relative to the template";
        errors.Add(Value("CodeUri")?.Location ?? function.Location, function.LogicalId, message);
        return null;
    }

    private bool CheckPackage()
    {
        var wrong = (Value("PackageType"), IsImage) switch
        {
            (null or TemplateScalar { Text: "Zip" }, _) when Value("Runtime") is null || Value("Handler") is null =>
                "Runtime and Handler needs to be present when PackageType is of type `Zip`",
            (null or TemplateScalar { Text: "Zip" }, _)
                when Value("ImageUri") is not null || Value("ImageConfig") is not null =>
                "ImageUri or ImageConfig cannot be present when PackageType is of type `Zip`",
            (null or TemplateScalar { Text: "Zip" }, _) => null,
            (_, false) => "PackageType needs to be `Zip` or `Image`",
            _ when Value("Runtime") is not null || Value("Handler") is not null || Value("Layers") is not null =>
                "Runtime, Handler, Layers cannot be present when PackageType is of type `Image`",
            _ => null,
        };
        if (wrong is null) return true;
        var where = Value("PackageType") ?? Value("ImageUri") ?? Value("ImageConfig");
        errors.Add(where?.Location ?? function.Location, function.LogicalId, wrong);
        return false;
    }

    private bool IsImage => Value("PackageType") is TemplateScalar { Text: "Image" };

    /// <summary>
    /// The address of an image; without one, what <c>sam build</c> builds by the function's metadata.
    /// </summary>
    private TemplateScalar? ImageUri()
    {
        if (Value("CodeUri") is { } zip)
            errors.Add(zip.Location, function.LogicalId, "CodeUri is of a zip file; an image has Metadata or ImageUri");
        if (Value("ImageUri") is TemplateScalar uri) return uri;
        if (Value("ImageUri") is null && ImageSource.Of(function) is { } source) return at.Text(source.Text);
        errors.Add(
            Value("ImageUri")?.Location ?? function.Location, function.LogicalId,
            "ImageUri needs to be present when PackageType is of type `Image`, or Dockerfile and DockerContext in "
            + "Metadata");
        return null;
    }

    /// <summary>
    /// The host runs what MSBuild built, which is what <c>sam build</c> publishes by a Makefile or by its own .NET
    /// build.
    /// </summary>
    private void CheckMetadata()
    {
        if (IsImage)
        {
            foreach (var (location, message) in ImageSource.Errors(function))
                errors.Add(location, function.LogicalId, message);
            return;
        }

        var method = function.Metadata?.Find("BuildMethod")?.Value;
        if (method is null or TemplateScalar { Text: "makefile" or ['d', 'o', 't', 'n', 'e', 't', ..] }) return;
        errors.Add(method.Location, function.LogicalId, "Metadata BuildMethod must be makefile or a .NET one");
    }

    private void AddInert(string property, string why)
    {
        if (properties.Find(property) is not { } entry) return;
        inert.Add(new InertSetting(entry.KeyLocation, function.LogicalId, property, why));
    }

    /// <summary>So that an error about Timeout points at Timeout, not at the function.</summary>
    private TemplateMapping KeepKeyLocations(TemplateMapping lambda) => lambda with
    {
        Entries = [.. lambda.Entries.Select(entry =>
            entry with { KeyLocation = SourceOf(entry.Key) ?? entry.KeyLocation })],
    };

    private SourceLocation? SourceOf(string name) => properties.Find(name switch
    {
        "Code" => IsImage ? "ImageUri" : "CodeUri",
        "TracingConfig" => "Tracing",
        "DeadLetterConfig" => "DeadLetterQueue",
        _ => name,
    })?.KeyLocation;
}
