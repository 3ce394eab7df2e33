using System.Text.Json.Nodes;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Sam;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Tests.Deployment;

/// <summary>Our expansion beside that of aws-sam-translator; tests/golden/sam/README.md says how it was made.</summary>
public sealed class RealTransform
{
    private static readonly JsonObject Expected =
        JsonNode.Parse(
            RepositoryFile.Read("tests/golden/sam/events-and-policies.expected.json"))!["Resources"]!.AsObject();

    private static readonly Dictionary<string, ResourceEntry> Expanded = Expand();

    public static TheoryData<string> LogicalIds => [.. Expected.Select(resource => resource.Key)];

    [Fact]
    public void The_same_resources_come_out() =>
        Assert.Equal(Expected.Select(resource => resource.Key).Order(), Expanded.Keys.Order());

    [Theory]
    [MemberData(nameof(LogicalIds))]
    public void A_resource_comes_out_the_same(string logicalId)
    {
        var ours = Json(Expanded[logicalId]);
        var theirs = Evened(Expected[logicalId]!.DeepClone().AsObject());
        Assert.True(
            JsonNode.DeepEquals(theirs, ours), $"expected {theirs.ToJsonString()}\nbut was  {ours.ToJsonString()}");
    }

    private static Dictionary<string, ResourceEntry> Expand()
    {
        var errors = new ErrorList();
        var source = new TemplateSource("template.yaml",
            RepositoryFile.Read("tests/golden/sam/events-and-policies.template.yaml"));
        var expansion = ServerlessTransform.Expand(DocumentReader.Read(TemplateReader.Read(source), errors), errors);
        errors.ThrowIfAny();
        return expansion.Resources.ToDictionary(resource => resource.LogicalId);
    }

    private static JsonObject Json(ResourceEntry resource)
    {
        var json = new JsonObject { ["Type"] = resource.Type };
        if (resource.Properties.Entries.Count > 0) json["Properties"] = TemplateJson.Of(resource.Properties);
        if (resource.Condition is { } condition) json["Condition"] = condition;
        if (resource.Metadata is { } metadata) json["Metadata"] = TemplateJson.Of(metadata);
        if (resource.DeletionPolicy is { } policy) json["DeletionPolicy"] = policy.Text;
        if (resource.DependsOn.Count > 0) json["DependsOn"] = Sorted(resource.DependsOn.Select(name => name.Text));
        return json;
    }

    private static JsonObject Evened(JsonObject resource)
    {
        if (resource["Properties"] is JsonObject properties && properties["Code"] is { } code)
        {
            properties["Code"] = code["S3Key"]!.DeepClone();
        }

        if (resource["DependsOn"] is { } depends)
        {
            string[] names = depends is JsonArray list ? [.. list.Select(name => (string)name!)] : [(string)depends!];
            resource["DependsOn"] = Sorted(names);
        }

        return resource;
    }

    private static JsonArray Sorted(IEnumerable<string> names) =>
        [.. names.Order(StringComparer.Ordinal).Select(name => (JsonNode)name)];
}
