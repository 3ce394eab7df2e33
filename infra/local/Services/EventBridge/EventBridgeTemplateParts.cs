using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Sam;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Services.EventBridge;

/// <summary>What EventBridge adds to templates.</summary>
internal static class EventBridgeTemplateParts
{
    public static TemplateParts Parts { get; } = new()
    {
        Events = [new("EventBridgeRule", ExpandRule), new("Schedule", ExpandSchedule)],
        Destinations =
        [
            new("EventBridge", (at, bus) => at.List(SamDestination.Statement(at, "events:PutEvents", bus))),
        ],
    };

    private static void ExpandRule(SamEvent declared)
    {
        var (reader, properties) = (declared.Reader, declared.Properties);
        reader.OnlyKeys(properties, "EventBusName", "Pattern", "RuleName", "State", "Target", "Input", "InputPath",
            "InputTransformer", "DeadLetterConfig", "RetryPolicy");
        if (reader.Map(properties, "Target") is { } named) reader.OnlyKeys(named, "Id");
        if (declared.Value("Pattern") is not { } pattern)
        {
            declared.Fail("an EventBridgeRule event must have a Pattern");
            return;
        }

        AddRule(declared, reader.Map(properties, "Target")?.Find("Id")?.Value,
            ("EventBusName", declared.Value("EventBusName")),
            ("EventPattern", pattern),
            ("Name", declared.Value("RuleName")),
            ("State", declared.Value("State")));
    }

    /// <remarks>Source: AWS Serverless Application Model Developer Guide, "Schedule".</remarks>
    private static void ExpandSchedule(SamEvent declared)
    {
        declared.Reader.OnlyKeys(declared.Properties, "Schedule", "Name", "Description", "Enabled", "State", "Input",
            "DeadLetterConfig", "RetryPolicy");
        if (declared.Value("Schedule") is not { } schedule)
        {
            declared.Fail("a Schedule event must have a Schedule");
            return;
        }

        AddRule(declared, null,
            ("Description", declared.Value("Description")),
            ("Name", declared.Value("Name")),
            ("ScheduleExpression", schedule),
            ("State", StateOf(declared)));
    }

    // Enabled is true or false, State is ENABLED or DISABLED; SAM takes one of them.
    private static TemplateNode? StateOf(SamEvent declared)
    {
        if (declared.Value("Enabled") is null) return declared.Value("State");
        if (declared.Value("State") is not null) declared.Fail("Enabled and State can't both be given");
        var isRight = bool.TryParse(declared.Reader.Text(declared.Properties, "Enabled")?.Text, out var isEnabled);
        if (!isRight) declared.Fail("Enabled must be true or false");
        return declared.At.Text(isEnabled ? "ENABLED" : "DISABLED");
    }

    private static void AddRule(
        SamEvent declared, TemplateNode? targetId, params (string Name, TemplateNode? Value)[] rule)
    {
        var at = declared.At;
        // SAM can also make the queue itself, of a Type and a QueueLogicalId; that is not built.
        if (declared.Reader.Map(declared.Properties, "DeadLetterConfig") is { } letters)
            declared.Reader.OnlyKeys(letters, "Arn");
        var target = at.Map(
            ("Arn", declared.FunctionArn),
            ("Id", targetId ?? at.Text($"{declared.LogicalId}LambdaTarget")),
            ("Input", declared.Value("Input")),
            ("InputPath", declared.Value("InputPath")),
            ("InputTransformer", declared.Value("InputTransformer")),
            ("DeadLetterConfig", declared.Value("DeadLetterConfig")),
            ("RetryPolicy", declared.Value("RetryPolicy")));
        declared.Add(declared.LogicalId, RuleProvider.RuleType, at.Map([.. rule, ("Targets", at.List(target))]));
        declared.AddPermission("events.amazonaws.com", ("SourceArn", at.GetAtt(declared.LogicalId, "Arn")));
    }
}
