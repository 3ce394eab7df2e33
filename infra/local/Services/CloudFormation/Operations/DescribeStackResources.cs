using System.Xml;
using Isobar.Local.Deployment;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudFormation.Operations;

/// <summary>Describes the resources of a stack, or one of them by its logical id.</summary>
/// <remarks>Source: AWS CloudFormation API Reference, DescribeStackResources; the error for a resource that is not
/// there is that of DescribeStackResource.</remarks>
internal static class DescribeStackResources
{
    public static void Handle(DeployedStacks stacks, QueryParameters parameters, string region, XmlWriter result)
    {
        var name = parameters.Optional("StackName") ?? throw CloudFormationErrors.Missing("stackName");
        var logicalId = parameters.Optional("LogicalResourceId");
        parameters.RefuseOthers();
        var stack = DescribeStacks.Find(stacks, name, region);
        var resources = stack.Resources
            .Where(resource => logicalId is null || resource.LogicalId == logicalId).ToList();
        if (logicalId is not null && resources.Count == 0)
            throw CloudFormationErrors.ResourceNotFound(logicalId, stack.Identity.StackName);
        result.WriteStartElement("StackResources");
        foreach (var resource in resources)
        {
            result.WriteStartElement("member");
            result.WriteElementString("StackName", stack.Identity.StackName);
            result.WriteElementString("StackId", stack.Identity.StackId);
            result.WriteElementString("LogicalResourceId", resource.LogicalId);
            result.WriteElementString("PhysicalResourceId", resource.PhysicalId);
            result.WriteElementString("ResourceType", resource.Type);
            result.WriteElementString("Timestamp", DescribeStacks.Time(resource.LastUpdated));
            result.WriteElementString("ResourceStatus", resource.Status);
            result.WriteEndElement();
        }

        result.WriteEndElement();
    }
}
