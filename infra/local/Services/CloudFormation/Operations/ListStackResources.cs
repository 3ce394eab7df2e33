using System.Globalization;
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
        var created = stack.CreationTime.UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        result.WriteStartElement("StackResourceSummaries");
        foreach (var resource in stack.Resources)
        {
            result.WriteStartElement("member");
            result.WriteElementString("LogicalResourceId", resource.LogicalId);
            result.WriteElementString("PhysicalResourceId", resource.PhysicalId);
            result.WriteElementString("ResourceType", resource.Type);
            result.WriteElementString("LastUpdatedTimestamp", created);
            result.WriteElementString("ResourceStatus", "CREATE_COMPLETE");
            result.WriteEndElement();
        }

        result.WriteEndElement();
    }
}
