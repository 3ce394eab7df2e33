namespace Isobar.Local.Wire;

/// <summary>Who makes a call, as a policy names it.</summary>
/// <param name="Name">An ARN; a service's name, such as <c>sns.amazonaws.com</c>; or <c>*</c>.</param>
/// <param name="AccessKey">The access key id that the call was signed with; empty when it was not signed.</param>
internal sealed record Principal(string Name, string AccessKey = "")
{
    /// <summary>Whoever sends a request without a signature.</summary>
    public static readonly Principal Anonymous = new("*");

    /// <summary>The owner of an access key. Every key belongs to the account's root here.</summary>
    public static Principal OfAccessKey(string accessKey, string accountId) =>
        new($"arn:aws:iam::{accountId}:root", accessKey);

    /// <summary>An AWS service that acts for one of its resources.</summary>
    /// <param name="service">As in ARNs: <c>sns</c>.</param>
    public static Principal OfService(string service) => new($"{service}.amazonaws.com");
}
