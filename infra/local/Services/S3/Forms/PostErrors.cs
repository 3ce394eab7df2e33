using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3.Forms;

/// <summary>The errors of uploads by a form.</summary>
/// <remarks>Source: Amazon S3 API Reference, "Error responses"; texts as real S3 sends them.</remarks>
internal static class PostErrors
{
    public static AwsException NotMultipart() => new("PreconditionFailed",
        "At least one of the pre-conditions you specified did not hold", 412)
    {
        Elements = [new("Condition", "Bucket POST must be of the enclosure-type multipart/form-data")],
    };

    public static AwsException Malformed() => new("MalformedPOSTRequest",
        "The body of your POST request is not well-formed multipart/form-data.");

    public static AwsException FieldsTooLarge() => new("MaxPostPreDataLengthExceeded",
        "Your POST request fields preceding the upload file were too large.");

    /// <param name="name">As S3 spells it.</param>
    public static AwsException FieldMissing(string name) => S3Errors.InvalidArgument(
        $"Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the fields.",
        name, "");

    public static AwsException FileMissing() =>
        S3Errors.InvalidArgument("POST requires exactly one file upload per request.", "file", "0");

    public static AwsException InvalidPolicy(string why) =>
        new("InvalidPolicyDocument", $"Invalid Policy: {why}");

    /// <summary>The policy is well-formed, but the form does not match it or the policy has expired.</summary>
    public static AwsException NotByPolicy(string why) => S3Errors.AccessDenied($"Invalid according to Policy: {why}");

    public static AwsException EntityTooLarge(long size, long most) => new("EntityTooLarge",
        "Your proposed upload exceeds the maximum allowed size")
    {
        Elements = [new("ProposedSize", $"{size}"), new("MaxSizeAllowed", $"{most}")],
    };

    public static AwsException EntityTooSmall(long size, long least) => new("EntityTooSmall",
        "Your proposed upload is smaller than the minimum allowed size")
    {
        Elements = [new("ProposedSize", $"{size}"), new("MinSizeAllowed", $"{least}")],
    };
}
