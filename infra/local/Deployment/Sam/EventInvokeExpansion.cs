using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>
/// A function's EventInvokeConfig: the configuration, the policies that its destinations need, and the queue or topic
/// that SAM makes for one that is not named.
/// </summary>
/// <remarks>Source: AWS SAM Developer Guide, EventInvokeConfiguration; tests compare with the real one.</remarks>
internal sealed class EventInvokeExpansion(FunctionExpansion function)
{
    // SAM's own words.
    private const string Accepted = "['SQS', 'SNS', 'EventBridge', 'Lambda', 'S3Bucket']";

    private readonly NodeBuilder at = function.At;
    private readonly NodeReader reader = new(function.Errors, function.Function.LogicalId);
    private readonly List<ResourceEntry> resources = [];
    private readonly List<TemplateNode> policies = [];

    /// <summary>What the function's asynchronous invocation needs, the configuration last.</summary>
    public IReadOnlyList<ResourceEntry> Resources => resources;

    /// <summary>What the execution role must allow; SAM adds it to a role of its own only.</summary>
    public IReadOnlyList<TemplateNode> Policies => policies;

    private ResourceEntry Function => function.Function;

    private string LogicalId => Function.LogicalId + "EventInvokeConfig";

    public static EventInvokeExpansion Of(FunctionExpansion function)
    {
        var expansion = new EventInvokeExpansion(function);
        expansion.Expand();
        return expansion;
    }

    private void Expand()
    {
        if (function.Settings("EventInvokeConfig") is not { } settings) return;
        reader.OnlyKeys(settings, "MaximumEventAgeInSeconds", "MaximumRetryAttempts", "DestinationConfig");
        var destinations = reader.Map(settings, "DestinationConfig") ?? at.Map();
        reader.OnlyKeys(destinations, "OnSuccess", "OnFailure");
        var made = at.Map(
            ("OnSuccess", Destination(destinations, "OnSuccess")),
            ("OnFailure", Destination(destinations, "OnFailure")));
        Add(LogicalId, "AWS::Lambda::EventInvokeConfig", at.Map(
            ("FunctionName", at.Ref(Function.LogicalId)),
            ("Qualifier", at.Text(function.Alias?.Name ?? "$LATEST")),
            ("DestinationConfig", made),
            ("MaximumEventAgeInSeconds", settings.Find("MaximumEventAgeInSeconds")?.Value),
            ("MaximumRetryAttempts", settings.Find("MaximumRetryAttempts")?.Value)));
    }

    private TemplateMapping? Destination(TemplateMapping destinations, string when)
    {
        if (reader.Map(destinations, when) is not { } wanted) return null;
        reader.OnlyKeys(wanted, "Type", "Destination");
        var type = reader.Text(wanted, "Type")?.Text;
        if (function.Parts.Destinations.FirstOrDefault(known => known.Type == type) is not { } destination)
        {
            Fail(wanted.Location, $"'Type: {type ?? "None"}' must be one of {Accepted}");
            return null;
        }

        if ((wanted.Find("Destination")?.Value ?? Make(destination, when, wanted)) is not { } target) return null;
        if (IsPartlyNothing(target))
        {
            // SAM would make a queue or topic, with a condition of its own; that is not built.
            Fail(target.Location, $"{when}: a Destination that is AWS::NoValue on a condition is not supported");
            return null;
        }

        policies.Add(Policy(destination, LogicalId + when, target));
        return at.Map(("Destination", target));
    }

    private static bool IsPartlyNothing(TemplateNode target) =>
        FunctionTags.IsNoValue(target) || (FunctionTags.IsFunction(target, out var name, out var argument)
            && name == "Fn::If" && argument is TemplateSequence { Items: var items }
            && items.Any(FunctionTags.IsNoValue));

    private TemplateMapping? Make(SamDestination destination, string when, TemplateMapping wanted)
    {
        if (destination.Made is not { } made)
        {
            Fail(wanted.Location, "Destination is required if Type is not ['SQS', 'SNS']");
            return null;
        }

        var logicalId = LogicalId + when + made.Suffix;
        Add(logicalId, made.ResourceType, at.Map());
        return made.Attribute is { } attribute ? at.GetAtt(logicalId, attribute) : at.Ref(logicalId);
    }

    private TemplateMapping Policy(SamDestination destination, string prefix, TemplateNode target) => at.Map(
        ("PolicyName", at.Text($"{prefix}{destination.Label}Policy")),
        ("PolicyDocument", at.Map(("Statement", destination.Allow(at, target)))));

    private void Add(string logicalId, string type, TemplateMapping properties) =>
        resources.Add(new ResourceEntry(logicalId, at.Location, type, properties)
        {
            Condition = Function.Condition,
            DeletionPolicy = Function.DeletionPolicy,
            UpdateReplacePolicy = Function.UpdateReplacePolicy,
            Metadata = logicalId == LogicalId ? Function.Metadata : null,
            DependsOn = logicalId == LogicalId && function.Alias is { } alias
                ? [at.Text(alias.LogicalId)]
                : [],
        });

    private void Fail(SourceLocation location, string message) =>
        function.Errors.Add(location, Function.LogicalId, message);
}
