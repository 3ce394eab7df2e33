using Isobar.Local.Services.CloudFormation.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudFormation;

/// <summary>
/// AWS CloudFormation, read-only: what the host deployed at its start. Clients find names and URLs through it, here as
/// on AWS.
/// </summary>
internal sealed class CloudFormationModule : IServiceModule
{
    public CloudFormationModule(ServiceContext context)
    {
        var stacks = context.Stacks;
        Wire = new AwsQueryProtocol("http://cloudformation.amazonaws.com/doc/2010-05-15/")
            .Add("DescribeStacks", (parameters, _, result) => DescribeStacks.Handle(stacks, parameters, result))
            .Add("ListStackResources",
                (parameters, _, result) => ListStackResources.Handle(stacks, parameters, result));
    }

    public string SigningName => "cloudformation";

    public IWireProtocol Wire { get; }
}
