using Isobar.Local.Services.CloudFormation.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudFormation;

/// <summary>
/// AWS CloudFormation, read-only: what the host deployed, and what updates made of it. Clients find names and URLs
/// through it, here as on AWS.
/// </summary>
internal sealed class CloudFormationModule : IServiceModule
{
    public CloudFormationModule(ServiceContext context)
    {
        var stacks = context.Stacks;
        Wire = new AwsQueryProtocol("http://cloudformation.amazonaws.com/doc/2010-05-15/")
            .Add("DescribeStacks",
                (parameters, scope, result) => DescribeStacks.Handle(stacks, parameters, scope.Region, result),
                (parameters, scope) => StackAction("DescribeStacks", parameters, scope))
            .Add("DescribeStackResources",
                (parameters, scope, result) =>
                    DescribeStackResources.Handle(stacks, parameters, scope.Region, result),
                (parameters, scope) => StackAction("DescribeStackResources", parameters, scope))
            .Add("ListStackResources",
                (parameters, scope, result) => ListStackResources.Handle(stacks, parameters, scope.Region, result),
                (parameters, scope) => StackAction("ListStackResources", parameters, scope));
    }

    public string SigningName => "cloudformation";

    public IWireProtocol Wire { get; }

    // A stack's name says all of its ARN but the id.
    private static IEnumerable<ResourceAction> StackAction(
        string action, QueryParameters parameters, CallScope scope) =>
        parameters.Peek("StackName") is { Length: > 0 } name
            ? [scope.On(action, name.StartsWith("arn:", StringComparison.Ordinal) ? name : $"stack/{name}/*")]
            : [];
}
