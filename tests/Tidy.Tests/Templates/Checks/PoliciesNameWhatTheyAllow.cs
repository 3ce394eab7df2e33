using System.Text.Json.Nodes;

namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// A statement that allows something names the actions and the resources; a wildcard stands only for the keys of
/// objects
/// in a named bucket, or where AWS has no resource to name.
/// </summary>
internal sealed class PoliciesNameWhatTheyAllow : ITemplateCheck
{
    /// <summary>Actions that AWS lets nobody narrow to a resource.</summary>
    /// <remarks>Source: Service Authorization Reference, the "Resource types" column of each action.</remarks>
    private static readonly HashSet<string> WithoutResource =
    [
        "cloudwatch:PutMetricData", "xray:PutTraceSegments", "xray:PutTelemetryRecords",
        // What Lambda itself does with a function's role in a VPC.
        "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets",
        "ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
    ];

    /// <summary>AWS's own policies that grant no more than their one use.</summary>
    private static readonly HashSet<string> NarrowManagedPolicies =
        ["AWSLambdaBasicExecutionRole", "AWSLambdaVPCAccessExecutionRole", "AWSXRayDaemonWriteAccess"];

    public IEnumerable<Finding> Find(Template template) =>
        template.Resources.SelectMany(resource => Statements(resource)
            .SelectMany(statement => Wildcards(template, resource.Id, statement))
            .Concat(resource.IsFunction ? WidePolicies(resource) : []));

    // A key's own policy says who may use that key: its '*' is the key itself.
    private static IEnumerable<JsonNode> Statements(TemplateResource resource) =>
        from node in Intrinsic.Within(resource.Type is "AWS::KMS::Key" ? null : resource.Properties)
        where node is JsonObject { } map && map.ContainsKey("Effect") && map.ContainsKey("Action")
        where Intrinsic.Text(node["Effect"]) == "Allow"
        select node;

    private static IEnumerable<Finding> Wildcards(Template template, string id, JsonNode statement)
    {
        var actions = Intrinsic.Each(statement["Action"]).Select(Intrinsic.Text).ToArray();
        foreach (var action in actions)
            if (action?.Contains('*', StringComparison.Ordinal) == true)
                yield return new Finding(id, $"allows {action}");
        foreach (var resource in Intrinsic.Each(statement["Resource"]))
        {
            var text = Intrinsic.Sub(resource) ?? Intrinsic.Text(resource) ?? "";
            if (text.Contains('*', StringComparison.Ordinal)
                && !IsKeysOfOneBucket(template, text)
                && !IsLogsOfAReplica(text)
                && !(text == "*" && actions.All(action => WithoutResource.Contains(action ?? ""))))
                yield return new Finding(id, $"allows {string.Join(", ", actions)} on {text}");
        }
    }

    private static bool IsKeysOfOneBucket(Template template, string resource)
    {
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || resource.IndexOf('*', StringComparison.Ordinal) != resource.Length - 1) return false;
        var bucket = resource[..slash];
        return bucket.Contains(":s3:::", StringComparison.Ordinal) && slash < resource.Length - 1
            || template.Of("AWS::S3::Bucket").Any(known => bucket == $"${{{known.Id}.Arn}}");
    }

    // A replica of an edge function logs in the Region nearest to its viewer, under the function's Region and name.
    private static bool IsLogsOfAReplica(string resource) =>
        resource.Contains(":logs:*:", StringComparison.Ordinal)
        && resource.Contains(":log-group:/aws/lambda/us-east-1.${AWS::StackName}-", StringComparison.Ordinal);

    private static IEnumerable<Finding> WidePolicies(TemplateResource function) =>
        from policy in Intrinsic.Each(function.At("Policies"))
        let name = Intrinsic.Text(policy) ?? (policy as JsonObject)?.Select(entry => entry.Key).FirstOrDefault()
        where Intrinsic.Text(policy) is not null && !NarrowManagedPolicies.Contains(name!.Split('/')[^1])
            || name!.EndsWith("CrudPolicy", StringComparison.Ordinal)
            || name.EndsWith("FullAccessPolicy", StringComparison.Ordinal)
        select new Finding(function.Id, $"has {name}, which allows more than one use");
}
