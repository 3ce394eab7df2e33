using Isobar.Local.Deployment.Sam;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Services.S3;

/// <summary>A SAM function's event of type S3: a notification of the bucket, and the permission for it.</summary>
internal static class BucketEventExpansion
{
    public static void Expand(SamEvent declared)
    {
        declared.Reader.OnlyKeys(declared.Properties, "Bucket", "Events", "Filter");
        var events = declared.Reader.Texts(declared.Properties, "Events");
        if (events.Count == 0) declared.Fail("an S3 event must have Events");
        if (FindBucket(declared) is not { } bucket) return;

        var permissionId = declared.AddPermission(
            "s3.amazonaws.com", ("SourceAccount", declared.At.Ref("AWS::AccountId")));
        var properties = bucket.Properties;
        foreach (var name in events) properties = Notify(declared, properties, bucket, Notification(declared, name));
        declared.Replace(DependOn(declared, bucket with { Properties = properties }, permissionId));
    }

    private static ResourceEntry? FindBucket(SamEvent declared)
    {
        var bucket = declared.Value("Bucket");
        if (bucket is not null && FunctionTags.IsFunction(bucket, out var name, out var argument) && name == "Ref"
            && argument is TemplateScalar { Text: var bucketId }
            && declared.Find(bucketId) is { Type: BucketResource.ResourceType } found)
        {
            return found;
        }

        declared.Fail("S3 events must reference an S3 bucket in the same template.", bucket?.Location);
        return null;
    }

    private static TemplateNode Notification(SamEvent declared, TemplateScalar name)
    {
        var at = declared.At;
        var notification = at.Map(
            ("Function", declared.FunctionArn), ("Filter", declared.Value("Filter")), ("Event", name));
        return declared.Condition is { } condition
            ? at.If(condition, notification, at.Ref("AWS::NoValue"))
            : notification;
    }

    private static TemplateMapping Notify(
        SamEvent declared, TemplateMapping properties, ResourceEntry bucket, TemplateNode notification)
    {
        var reader = new NodeReader(declared.Errors, bucket.LogicalId);
        var configuration = reader.Map(properties, "NotificationConfiguration") ?? declared.At.Map();
        var existing = configuration.Find("LambdaConfigurations")?.Value ?? declared.At.List();
        if (existing is not TemplateSequence list)
        {
            declared.Errors.Add(
                existing.Location, bucket.LogicalId, "Invalid type for LambdaConfigurations. Must be a list.");
            return properties;
        }

        if (list.Items.Any(item => TemplateJson.Same(item, notification))) return properties;
        list = list with { Items = [.. list.Items, notification] };
        return properties.With("NotificationConfiguration", configuration.With("LambdaConfigurations", list));
    }

    /// <summary>S3 checks the permission when it takes the notification, so the permission comes first. DependsOn
    /// can't be conditional; a tag that names the permission stands in for it, as in the real transform.</summary>
    private static ResourceEntry DependOn(SamEvent declared, ResourceEntry bucket, string permissionId)
    {
        var at = declared.At;
        if (declared.Condition is not { } condition)
            return bucket with { DependsOn = [.. bucket.DependsOn, at.Text(permissionId)] };

        var tag = at.Map(
            ("Key", at.Text($"sam:ConditionalDependsOn:{permissionId}")),
            ("Value", at.If(condition, at.Ref(permissionId), at.Text("no dependency"))));
        var tags = bucket.Properties.Find("Tags")?.Value as TemplateSequence ?? at.List();
        return bucket with { Properties = bucket.Properties.With("Tags", tags with { Items = [.. tags.Items, tag] }) };
    }
}
