using Isobar.Local.Deployment;

namespace Isobar.Local.Edge.Stack;

/// <summary>Where the access log goes.</summary>
/// <param name="DomainName">Of the bucket, as the template has it.</param>
/// <param name="Prefix">Before each object's name; empty, or as it is written.</param>
/// <param name="IncludesCookies">Whether lines have the viewers' cookies.</param>
internal sealed record LogSettings(string Bucket, string DomainName, string Prefix, bool IncludesCookies)
{
    /// <returns>Null where the distribution has none.</returns>
    /// <remarks>Source: AWS CloudFormation Template Reference, AWS::CloudFront::Distribution Logging.</remarks>
    public static LogSettings? Read(PropertyReader config)
    {
        if (config.OptionalMap("Logging") is not { } logging) return null;
        var domain = logging.RequiredString("Bucket");
        var name = S3Name.Parse(domain);
        if (name is null) logging.Refuse("Bucket", $"must be a bucket's domain name, not {domain}");
        return new LogSettings(
            name?.Bucket ?? "", domain, logging.OptionalString("Prefix") ?? "",
            logging.OptionalBoolean("IncludeCookies") ?? false);
    }
}
