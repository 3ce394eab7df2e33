namespace Isobar.Local.Services;

/// <summary>An Amazon Resource Name: <c>arn:partition:service:region:account:resource</c>.</summary>
internal sealed record Arn(string Partition, string Service, string Region, string AccountId, string Resource)
{
    /// <summary>Reads an ARN; the resource part may hold colons.</summary>
    /// <returns>Null when the text has not six parts or does not begin with <c>arn:</c>.</returns>
    public static Arn? TryParse(string text) =>
        text.Split(':', 6) is ["arn", var partition, var service, var region, var account, var resource]
            ? new Arn(partition, service, region, account, resource)
            : null;

    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{AccountId}:{Resource}";
}
