namespace Isobar.Local.Services.CodeDeploy;

/// <summary>The ARN of an alarm that a deployment group names: CodeDeploy's API has names only.</summary>
internal static class AlarmArn
{
    // CloudWatch's part of ARNs.
    private const string Service = "cloudwatch";
    private const string Type = "alarm:";

    /// <param name="beside">Any ARN of the alarm's Region and account.</param>
    public static Arn Of(string name, Arn beside) => new(
        beside.Partition, Service, beside.Region, beside.AccountId, Type + name);

    /// <returns>The alarm's name.</returns>
    public static string NameOf(Arn alarm) => alarm.Resource[Type.Length..];
}
