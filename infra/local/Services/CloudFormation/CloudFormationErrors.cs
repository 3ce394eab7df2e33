using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudFormation;

/// <summary>Every error that CloudFormation can answer with.</summary>
internal static class CloudFormationErrors
{
    /// <remarks>Source: AWS CloudFormation API Reference, DescribeStacks.</remarks>
    public static AwsException StackNotFound(string name) =>
        new("ValidationError", $"Stack with id {name} does not exist");

    /// <remarks>Source: AWS CloudFormation API Reference, DescribeStackResource.</remarks>
    public static AwsException ResourceNotFound(string logicalId, string stack) =>
        new("ValidationError", $"Resource {logicalId} does not exist for stack {stack}");

    /// <remarks>Source: AWS CloudFormation API Reference, Common Errors.</remarks>
    public static AwsException Missing(string parameter) => new("ValidationError",
        $"1 validation error detected: Value null at '{parameter}' failed to satisfy constraint: "
        + "Member must not be null");
}
