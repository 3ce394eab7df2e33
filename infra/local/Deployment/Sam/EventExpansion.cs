using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>One entry of a function's Events.</summary>
internal sealed partial class EventExpansion(
    ResourceEntry function, TemplateEntry declared, ResourceTable resources, ErrorList errors,
    Func<string, ResourceEntry?> apiOf)
{
    private static readonly string[] MappingProperties =
    [
        "BatchSize", "Enabled", "MaximumBatchingWindowInSeconds", "FunctionResponseTypes", "FilterCriteria",
        "ScalingConfig",
    ];

    private readonly NodeBuilder at = new(declared.KeyLocation);
    private readonly Shape shape = new(errors, function.LogicalId);

    private string LogicalId => function.LogicalId + declared.Key;

    public void Expand()
    {
        if (declared.Value is not TemplateMapping mapping)
        {
            Fail(declared.KeyLocation, "must be a map of Type and Properties");
            return;
        }

        shape.OnlyKeys(mapping, "Type", "Properties");
        var properties = shape.Map(mapping, "Properties") ?? at.Map();
        switch (shape.Text(mapping, "Type"))
        {
            case { Text: "EventBridgeRule" }:
                ExpandRule(properties);
                break;
            case { Text: "S3" }:
                ExpandBucket(properties);
                break;
            case { Text: "SNS" }:
                ExpandTopic(properties);
                break;
            case { Text: "SQS" }:
                ExpandQueue(properties);
                break;
            case { Text: "Api" }:
                ExpandApi(properties);
                break;
            case var type:
                Fail(type?.Location ?? declared.KeyLocation,
                    $"event type {type?.Text ?? "(none)"} is not supported; "
                    + "supported are Api, EventBridgeRule, S3, SNS, SQS");
                break;
        }
    }

    private void ExpandApi(TemplateMapping properties)
    {
        var permission = ApiEventExpansion.Expand(
            at, shape, function.LogicalId, LogicalId, properties, apiOf,
            message => Fail(declared.KeyLocation, message));
        if (permission is var (logicalId, made)) resources.Add(Generated(logicalId, "AWS::Lambda::Permission", made));
    }

    private void ExpandQueue(TemplateMapping properties)
    {
        shape.OnlyKeys(properties, ["Queue", .. MappingProperties]);
        if (properties.Find("Queue") is not { } queue)
        {
            Fail(declared.KeyLocation, "an SQS event must have a Queue");
            return;
        }

        var mapping = at.Map([("EventSourceArn", queue.Value), ("FunctionName", at.Ref(function.LogicalId))]);
        var options = properties.Entries.Where(entry => MappingProperties.Contains(entry.Key));
        mapping = mapping with { Entries = [.. mapping.Entries, .. options] };
        resources.Add(Generated(LogicalId, "AWS::Lambda::EventSourceMapping", mapping));
    }

    private void ExpandBucket(TemplateMapping properties)
    {
        shape.OnlyKeys(properties, "Bucket", "Events", "Filter");
        var events = shape.Texts(properties, "Events");
        if (events.Count == 0) Fail(declared.KeyLocation, "an S3 event must have Events");
        if (FindBucket(properties) is not { } bucket) return;

        var permission = at.Map(
            ("Action", at.Text("lambda:InvokeFunction")),
            ("FunctionName", at.Ref(function.LogicalId)),
            ("Principal", at.Text("s3.amazonaws.com")),
            ("SourceAccount", at.Ref("AWS::AccountId")));
        var permissionId = LogicalId + "Permission";
        resources.Add(Generated(permissionId, "AWS::Lambda::Permission", permission));

        var notifying = bucket.Properties;
        var filter = properties.Find("Filter");
        foreach (var name in events) notifying = Notify(notifying, bucket, Notification(name, filter));
        resources.Replace(DependOn(bucket with { Properties = notifying }, permissionId));
    }

    private ResourceEntry? FindBucket(TemplateMapping properties)
    {
        var bucket = properties.Find("Bucket")?.Value;
        if (bucket is not null && FunctionTags.IsFunction(bucket, out var name, out var argument) && name == "Ref"
            && argument is TemplateScalar { Text: var bucketId }
            && resources.Find(bucketId) is { Type: "AWS::S3::Bucket" } found)
        {
            return found;
        }

        Fail(bucket?.Location ?? declared.KeyLocation, "S3 events must reference an S3 bucket in the same template.");
        return null;
    }

    private TemplateNode Notification(TemplateScalar name, TemplateEntry? filter)
    {
        var notification = at.Map(
            ("Function", at.GetAtt(function.LogicalId, "Arn")), ("Filter", filter?.Value), ("Event", name));
        return function.Condition is { } condition
            ? at.If(condition, notification, at.Ref("AWS::NoValue"))
            : notification;
    }

    private TemplateMapping Notify(TemplateMapping properties, ResourceEntry bucket, TemplateNode notification)
    {
        var shape = new Shape(errors, bucket.LogicalId);
        var configuration = shape.Map(properties, "NotificationConfiguration") ?? at.Map();
        var existing = configuration.Find("LambdaConfigurations")?.Value ?? at.List();
        if (existing is not TemplateSequence list)
        {
            errors.Add(existing.Location, bucket.LogicalId, "Invalid type for LambdaConfigurations. Must be a list.");
            return properties;
        }

        if (list.Items.Any(item => TemplateJson.Same(item, notification))) return properties;
        list = list with { Items = [.. list.Items, notification] };
        return properties.With("NotificationConfiguration", configuration.With("LambdaConfigurations", list));
    }

    /// <summary>S3 checks the permission when it takes the notification, so the permission comes first. DependsOn
    /// can't be conditional; a tag that names the permission stands in for it, as in the real transform.</summary>
    private ResourceEntry DependOn(ResourceEntry bucket, string permissionId)
    {
        if (function.Condition is not { } condition)
        {
            return bucket with { DependsOn = [.. bucket.DependsOn, at.Text(permissionId)] };
        }

        var tag = at.Map(
            ("Key", at.Text($"sam:ConditionalDependsOn:{permissionId}")),
            ("Value", at.If(condition, at.Ref(permissionId), at.Text("no dependency"))));
        var tags = bucket.Properties.Find("Tags")?.Value as TemplateSequence ?? at.List();
        return bucket with { Properties = bucket.Properties.With("Tags", tags with { Items = [.. tags.Items, tag] }) };
    }

    private ResourceEntry Generated(string logicalId, string type, TemplateMapping properties) =>
        new(logicalId, declared.KeyLocation, type, properties)
        {
            Condition = function.Condition,
            DeletionPolicy = function.DeletionPolicy,
            UpdateReplacePolicy = function.UpdateReplacePolicy,
        };

    private void Fail(SourceLocation location, string message) =>
        errors.Add(location, function.LogicalId, $"Event {declared.Key}: {message}");
}
