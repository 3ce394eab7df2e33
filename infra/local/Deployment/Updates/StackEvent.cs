namespace Isobar.Local.Deployment.Updates;

/// <summary>A step of an update, as CloudFormation's stack events tell it.</summary>
/// <param name="Time">Service time.</param>
/// <param name="Type">Of the stack itself <c>AWS::CloudFormation::Stack</c>.</param>
/// <param name="Status">One of <see cref="StackStatus"/>.</param>
/// <param name="Reason">Why it failed or is done; null when that needs no words.</param>
internal sealed record StackEvent(
    DateTimeOffset Time, string LogicalId, string PhysicalId, string Type, string Status, string? Reason = null)
{
    public const string StackType = "AWS::CloudFormation::Stack";
}
