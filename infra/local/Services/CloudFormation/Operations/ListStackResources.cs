using System.Xml;
using Isobar.Local.Deployment;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudFormation.Operations;

/// <summary>Lists a stack's resources: logical id, physical id and type.</summary>
/// <remarks>Source: AWS CloudFormation API Reference, ListStackResources. There is never a second page here.</remarks>
internal static class ListStackResources
{
    public static void Handle(
        DeployedStacks stacks, QueryParameters parameters, string region, XmlWriter result)
    {
        var name = parameters.Optional("StackName") ?? throw CloudFormationErrors.Missing("stackName");
        parameters.RefuseOthers();
        var stack = DescribeStacks.Find(stacks, name, region);
        result.WriteStartElement("StackResourceSummaries");
        foreach (var resource in stack.Resources)
        {
            result.WriteStartElement("member");
            result.WriteElementString("LogicalResourceId", resource.LogicalId);
            result.WriteElementString("PhysicalResourceId", resource.PhysicalId);
            result.WriteElementString("ResourceType", resource.Type);
            result.WriteElementString("LastUpdatedTimestamp", DescribeStacks.Time(resource.LastUpdated));
            result.WriteElementString("ResourceStatus", resource.Status);
            result.WriteEndElement();
        }

        result.WriteEndElement();
    }
}
