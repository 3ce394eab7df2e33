using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>Events that topics and event buses bring.</summary>
internal sealed partial class EventExpansion
{
    private void ExpandTopic(TemplateMapping properties)
    {
        shape.OnlyKeys(properties, "Topic", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy");
        if (properties.Find("Topic")?.Value is not { } topic)
        {
            Fail(declared.KeyLocation, "an SNS event must have a Topic");
            return;
        }

        AddPermission("sns.amazonaws.com", topic);
        resources.Add(Generated(LogicalId, "AWS::SNS::Subscription", at.Map(
            ("Endpoint", at.GetAtt(function.LogicalId, "Arn")),
            ("Protocol", at.Text("lambda")),
            ("TopicArn", topic),
            ("FilterPolicy", properties.Find("FilterPolicy")?.Value),
            ("FilterPolicyScope", properties.Find("FilterPolicyScope")?.Value),
            ("RedrivePolicy", properties.Find("RedrivePolicy")?.Value))));
    }

    private void ExpandRule(TemplateMapping properties)
    {
        shape.OnlyKeys(properties, "EventBusName", "Pattern", "RuleName", "State", "Target", "Input", "InputPath",
            "InputTransformer", "DeadLetterConfig", "RetryPolicy");
        // SAM can also make the queue itself, of a Type and a QueueLogicalId; that is not built.
        if (shape.Map(properties, "DeadLetterConfig") is { } letters) shape.OnlyKeys(letters, "Arn");
        if (shape.Map(properties, "Target") is { } named) shape.OnlyKeys(named, "Id");
        if (properties.Find("Pattern")?.Value is not { } pattern)
        {
            Fail(declared.KeyLocation, "an EventBridgeRule event must have a Pattern");
            return;
        }

        var target = at.Map(
            ("Arn", at.GetAtt(function.LogicalId, "Arn")),
            ("Id", shape.Map(properties, "Target")?.Find("Id")?.Value ?? at.Text($"{LogicalId}LambdaTarget")),
            ("Input", properties.Find("Input")?.Value),
            ("InputPath", properties.Find("InputPath")?.Value),
            ("InputTransformer", properties.Find("InputTransformer")?.Value),
            ("DeadLetterConfig", properties.Find("DeadLetterConfig")?.Value),
            ("RetryPolicy", properties.Find("RetryPolicy")?.Value));
        resources.Add(Generated(LogicalId, "AWS::Events::Rule", at.Map(
            ("EventBusName", properties.Find("EventBusName")?.Value),
            ("EventPattern", pattern),
            ("Name", properties.Find("RuleName")?.Value),
            ("State", properties.Find("State")?.Value),
            ("Targets", at.List(target)))));
        AddPermission("events.amazonaws.com", at.GetAtt(LogicalId, "Arn"));
    }

    private void AddPermission(string principal, TemplateNode source) =>
        resources.Add(Generated(LogicalId + "Permission", "AWS::Lambda::Permission", at.Map(
            ("Action", at.Text("lambda:InvokeFunction")),
            ("FunctionName", at.Ref(function.LogicalId)),
            ("Principal", at.Text(principal)),
            ("SourceArn", source))));
}
