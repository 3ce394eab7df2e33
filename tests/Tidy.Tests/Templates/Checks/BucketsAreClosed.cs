using System.Text.Json.Nodes;

namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>A bucket blocks public access, refuses plain HTTP, and lets noncurrent versions expire.</summary>
internal sealed class BucketsAreClosed : ITemplateCheck
{
    private static readonly string[] Blocks =
        ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];

    public IEnumerable<Finding> Find(Template template) =>
        template.Of("AWS::S3::Bucket").SelectMany(bucket => Of(template, bucket));

    private static IEnumerable<Finding> Of(Template template, TemplateResource bucket)
    {
        foreach (var block in Blocks)
            if (bucket.Text("PublicAccessBlockConfiguration", block) is not ("true" or "True"))
                yield return new Finding(bucket.Id, $"lacks {block}");
        if (!template.Of("AWS::S3::BucketPolicy").Any(policy => RefusesPlainHttp(policy, bucket)))
            yield return new Finding(bucket.Id, "answers plain HTTP");
        var rules = Intrinsic.Each(bucket.At("LifecycleConfiguration", "Rules"));
        if (bucket.At("VersioningConfiguration") is not null && !rules.Any(Expires))
            yield return new Finding(bucket.Id, "keeps noncurrent versions for ever");
    }

    private static bool Expires(JsonNode? rule) =>
        Intrinsic.Text(rule?["Status"]) == "Enabled" && rule?["NoncurrentVersionExpiration"] is not null
        && rule["Prefix"] is null;

    private static bool RefusesPlainHttp(TemplateResource policy, TemplateResource bucket) =>
        Intrinsic.Target(policy.At("Bucket")) == bucket.Id
        && Intrinsic.Each(policy.At("PolicyDocument", "Statement")).Any(statement =>
            Intrinsic.Text(statement?["Effect"]) == "Deny"
            && Intrinsic.Text(statement?["Principal"]) == "*"
            && Intrinsic.Text(statement?["Action"]) == "s3:*"
            && Intrinsic.Text(statement?["Condition"]?["Bool"]?["aws:SecureTransport"]) is "false" or "False"
            && Covers(statement?["Resource"], bucket.Id));

    // The bucket and everything in it.
    private static bool Covers(JsonNode? resources, string bucket) =>
        Intrinsic.Each(resources).Any(resource => Intrinsic.GetAtt(resource) == $"{bucket}.Arn")
        && Intrinsic.Each(resources).Any(resource => Intrinsic.Sub(resource) == $"${{{bucket}.Arn}}/*");
}
