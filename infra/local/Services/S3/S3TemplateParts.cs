using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Sam;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Services.S3;

/// <summary>What S3 adds to templates.</summary>
internal static class S3TemplateParts
{
    public static TemplateParts Parts { get; } = new()
    {
        InertTypes = [new("AWS::S3::BucketPolicy", "Bucket", InertType.NoPermissions, "PolicyDocument")],
        Events = [new("S3", BucketEventExpansion.Expand)],
        Destinations = [new("S3Bucket", Allow) { Label = "S3" }],
        PolicyTemplates =
        [
            Template("S3ReadPolicy", "GetObject", "ListBucket", "GetBucketLocation", "GetObjectVersion",
                "GetLifecycleConfiguration"),
            Template("S3WritePolicy", "PutObject", "PutObjectAcl", "PutLifecycleConfiguration"),
            Template("S3CrudPolicy", "GetObject", "ListBucket", "GetBucketLocation", "GetObjectVersion", "PutObject",
                "PutObjectAcl", "GetLifecycleConfiguration", "PutLifecycleConfiguration", "DeleteObject"),
        ],
    };

    private static TemplateSequence Allow(NodeBuilder at, TemplateNode bucket) => at.List(
        SamDestination.Statement(
            at, "s3:PutObject", at.Map(("Fn::Join", at.List(at.Text("/"), at.List(bucket, at.Text("*")))))),
        SamDestination.Statement(at, "s3:ListBucket", bucket));

    private static PolicyTemplate Template(string name, params string[] actions) => new(
        name, "BucketName", [.. actions.Select(action => $"s3:{action}")],
        ["arn:${AWS::Partition}:s3:::${bucketName}", "arn:${AWS::Partition}:s3:::${bucketName}/*"],
        ResourceIsList: true);
}
