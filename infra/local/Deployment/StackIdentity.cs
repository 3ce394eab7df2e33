namespace Isobar.Local.Deployment;

/// <summary>What the pseudo parameters <c>AWS::StackName</c>, <c>AWS::StackId</c> … of a stack give.</summary>
/// <param name="StackId">The stack's ARN.</param>
/// <param name="AccountId">12 digits; locally <c>000000000000</c>.</param>
/// <param name="Region">For example <c>us-east-1</c>.</param>
/// <param name="Partition">For example <c>aws</c>.</param>
internal sealed record StackIdentity(
    string StackName, string StackId, string AccountId, string Region, string Partition)
{
    /// <summary>In a declaration, the update that makes the resource, so that the name which is generated for it is
    /// not that of a resource which had its logical id before; 0 in the deployment.</summary>
    public int Generation { get; init; }

    /// <summary>A letter, then letters, digits and hyphens; at most 128 together.</summary>
    /// <remarks>Source: AWS CloudFormation API Reference, CreateStack, StackName.</remarks>
    public static bool IsName(string name) =>
        name is { Length: >= 1 and <= 128 } && char.IsAsciiLetter(name[0])
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    /// <summary>A new stack of the partition <c>aws</c>.</summary>
    /// <param name="id">Makes its ARN one that no other stack has.</param>
    public static StackIdentity New(string stackName, string accountId, string region, Guid id) => new(
        stackName, $"arn:aws:cloudformation:{region}:{accountId}:stack/{stackName}/{id}", accountId, region, "aws");

    /// <summary>What <c>AWS::URLSuffix</c> gives.</summary>
    /// <remarks>Source: AWS CloudFormation User Guide, pseudo parameters reference.</remarks>
    public string UrlSuffix => Partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
