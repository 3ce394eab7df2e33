namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// A bucket that is named after its stack has the account and the Region in its name, so that no second stack wants the
/// same one, and fits into S3's limit for a stack's name of 27 characters in the Region with the longest name.
/// </summary>
/// <remarks>Source: Amazon S3 User Guide, bucket naming rules: 3 to 63 characters, unique in a partition.</remarks>
internal sealed class BucketNamesFit : ITemplateCheck
{
    private const int MaxLength = 63;

    // As README.md says.
    private static readonly string LongestStack = new('s', 27);

    private static readonly string LongestRegion = "ap-southeast-1";

    public IEnumerable<Finding> Find(Template template) =>
        from bucket in template.Of("AWS::S3::Bucket")
        where bucket.At("BucketName") is not null
        let name = Intrinsic.Sub(bucket.At("BucketName")) ?? bucket.Text("BucketName") ?? ""
        let problem = Problem(name)
        where problem is not null
        select new Finding(bucket.Id, problem);

    private static string? Problem(string name)
    {
        foreach (var part in (string[])["AWS::AccountId", "AWS::Region"])
            if (!name.Contains($"${{{part}}}", StringComparison.Ordinal)) return $"its name lacks {part}";
        var longest = name.Replace("${AWS::StackName}", LongestStack, StringComparison.Ordinal)
            .Replace("${AWS::AccountId}", new string('1', 12), StringComparison.Ordinal)
            .Replace("${AWS::Region}", LongestRegion, StringComparison.Ordinal);
        return longest.Length > MaxLength ? $"its name can have {longest.Length} characters of {MaxLength}" : null;
    }
}
