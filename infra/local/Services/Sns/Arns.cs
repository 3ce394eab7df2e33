namespace Isobar.Local.Services.Sns;

/// <summary>Reads ARNs and names in requests, with AWS's answers for bad ones.</summary>
internal static class Arns
{
    /// <param name="parameter">What errors call it: <c>TopicArn</c>.</param>
    /// <param name="region">The Region that the caller signed for: topics of others can't be named.</param>
    /// <exception cref="Wire.AwsException">InvalidParameter.</exception>
    public static string Topic(string? text, string parameter, string region)
    {
        var arn = Read(text ?? "", parameter);
        return arn is { Service: "sns", Resource.Length: > 0 } && arn.Region == region
            ? arn.ToString()
            : throw SnsErrors.InvalidParameter(parameter);
    }

    /// <exception cref="Wire.AwsException">InvalidParameter.</exception>
    public static string Subscription(string? text)
    {
        if (string.IsNullOrEmpty(text)) throw SnsErrors.NoValue("SubscriptionArn");
        return Read(text, "SubscriptionArn").Resource.Contains(':')
            ? text
            : throw SnsErrors.InvalidParameter("SubscriptionId");
    }

    /// <summary>1 to 256 letters, digits, hyphens and underscores.</summary>
    /// <exception cref="Wire.AwsException">InvalidParameter.</exception>
    public static string TopicName(string? name)
    {
        if (name is null) throw SnsErrors.MemberIsNull("name");
        return name.Length is > 0 and <= SnsLimits.MaxTopicNameLength
            && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
                ? name
                : throw SnsErrors.InvalidParameter("Topic Name");
    }

    private static Arn Read(string text, string parameter)
    {
        var elements = text.Split(':').Length;
        if (elements < 6) throw SnsErrors.ArnTooShort(parameter, elements);
        return Arn.TryParse(text) ?? throw SnsErrors.InvalidParameter(parameter);
    }
}
