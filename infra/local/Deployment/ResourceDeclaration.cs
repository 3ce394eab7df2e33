namespace Isobar.Local.Deployment;

/// <summary>One resource of the stack, ready to be created: functions and references are resolved.</summary>
/// <param name="Type">The CloudFormation type, for example <c>AWS::SQS::Queue</c>.</param>
/// <param name="Properties">The provider reads every property it supports and then calls
/// <see cref="PropertyReader.Finish"/> before it creates anything.</param>
/// <param name="Location">The logical id in the template; for what SAM generates, what it was generated from.</param>
internal sealed record ResourceDeclaration(
    string LogicalId, string Type, PropertyReader Properties, SourceLocation Location, StackIdentity Stack)
{
    /// <summary>The resource's UpdatePolicy attribute; null without one.</summary>
    public PropertyReader? UpdatePolicy { get; init; }
}
