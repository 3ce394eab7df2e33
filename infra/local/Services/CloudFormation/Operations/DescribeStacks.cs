using System.Globalization;
using System.Xml;
using Isobar.Local.Deployment;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudFormation.Operations;

/// <summary>Describes one stack, or all of them: status, parameters and outputs.</summary>
/// <remarks>Source: AWS CloudFormation API Reference, DescribeStacks. There is never a second page here.</remarks>
internal static class DescribeStacks
{
    public static void Handle(DeployedStacks stacks, QueryParameters parameters, string region, XmlWriter result)
    {
        var name = parameters.Optional("StackName");
        parameters.RefuseOthers();
        result.WriteStartElement("Stacks");
        foreach (var stack in name is null ? stacks.In(region) : [Find(stacks, name, region)]) Write(stack, result);
        result.WriteEndElement();
    }

    /// <exception cref="AwsException">ValidationError: there is no such stack.</exception>
    public static DeployedStack Find(DeployedStacks stacks, string nameOrId, string region) =>
        stacks.In(region).FirstOrDefault(
            stack => stack.Identity.StackName == nameOrId || stack.Identity.StackId == nameOrId)
        ?? throw CloudFormationErrors.StackNotFound(nameOrId);

    /// <summary>An instant as CloudFormation writes it.</summary>
    public static string Time(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void Write(DeployedStack stack, XmlWriter result)
    {
        result.WriteStartElement("member");
        result.WriteElementString("StackId", stack.Identity.StackId);
        result.WriteElementString("StackName", stack.Identity.StackName);
        if (stack.Description is { } description) result.WriteElementString("Description", description);
        result.WriteElementString("CreationTime",
            Time(stack.CreationTime));
        if (stack.LastUpdatedTime is { } updated) result.WriteElementString("LastUpdatedTime", Time(updated));
        result.WriteElementString("StackStatus", stack.Status);
        if (stack.StatusReason is { } reason) result.WriteElementString("StackStatusReason", reason);
        result.WriteElementString("DisableRollback", "false");
        result.WriteStartElement("Parameters");
        foreach (var (key, value) in stack.Parameters)
            WriteMember(result, ("ParameterKey", key), ("ParameterValue", value));
        result.WriteEndElement();
        result.WriteStartElement("Outputs");
        foreach (var output in stack.Outputs)
        {
            WriteMember(result, ("OutputKey", output.Key), ("OutputValue", output.Value),
                ("Description", output.Description), ("ExportName", output.ExportName));
        }

        result.WriteEndElement();
        result.WriteEndElement();
    }

    private static void WriteMember(XmlWriter result, params ReadOnlySpan<(string Name, string? Value)> elements)
    {
        result.WriteStartElement("member");
        foreach (var (name, value) in elements)
            if (value is not null) result.WriteElementString(name, value);
        result.WriteEndElement();
    }
}
