using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Sam;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Services.EventBridge;

/// <summary>What EventBridge adds to templates.</summary>
internal static class EventBridgeTemplateParts
{
    public static TemplateParts Parts { get; } = new()
    {
        Events = [new("EventBridgeRule", Expand)],
        Destinations =
        [
            new("EventBridge", (at, bus) => at.List(SamDestination.Statement(at, "events:PutEvents", bus))),
        ],
    };

    private static void Expand(SamEvent declared)
    {
        var (at, reader, properties) = (declared.At, declared.Reader, declared.Properties);
        reader.OnlyKeys(properties, "EventBusName", "Pattern", "RuleName", "State", "Target", "Input", "InputPath",
            "InputTransformer", "DeadLetterConfig", "RetryPolicy");
        // SAM can also make the queue itself, of a Type and a QueueLogicalId; that is not built.
        if (reader.Map(properties, "DeadLetterConfig") is { } letters) reader.OnlyKeys(letters, "Arn");
        if (reader.Map(properties, "Target") is { } named) reader.OnlyKeys(named, "Id");
        if (declared.Value("Pattern") is not { } pattern)
        {
            declared.Fail("an EventBridgeRule event must have a Pattern");
            return;
        }

        var target = at.Map(
            ("Arn", declared.FunctionArn),
            ("Id", reader.Map(properties, "Target")?.Find("Id")?.Value
                ?? at.Text($"{declared.LogicalId}LambdaTarget")),
            ("Input", declared.Value("Input")),
            ("InputPath", declared.Value("InputPath")),
            ("InputTransformer", declared.Value("InputTransformer")),
            ("DeadLetterConfig", declared.Value("DeadLetterConfig")),
            ("RetryPolicy", declared.Value("RetryPolicy")));
        declared.Add(declared.LogicalId, RuleProvider.RuleType, at.Map(
            ("EventBusName", declared.Value("EventBusName")),
            ("EventPattern", pattern),
            ("Name", declared.Value("RuleName")),
            ("State", declared.Value("State")),
            ("Targets", at.List(target))));
        declared.AddPermission("events.amazonaws.com", ("SourceArn", at.GetAtt(declared.LogicalId, "Arn")));
    }
}
