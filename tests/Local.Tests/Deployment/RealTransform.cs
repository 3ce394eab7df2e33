using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Parameters;
using Isobar.Local.Deployment.Sam;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Tests.Deployment;

/// <summary>Our expansion beside that of aws-sam-translator; tests/golden/sam/README.md says how it was made.</summary>
public sealed partial class RealTransform
{
    private static readonly string[] Templates =
        ["events-and-policies", "event-invoke-configs", "apis", "layers", "versions", "aliases", "implicit-api",
            "deployment-preferences", "conditional-preferences", "secrets", "streams"];

    private static readonly Dictionary<string, JsonObject> Expected = Templates.ToDictionary(name => name, Read);

    private static readonly Dictionary<string, Dictionary<string, ResourceEntry>> Expanded =
        Templates.ToDictionary(name => name, Expand);

    public static TheoryData<string, string> LogicalIds =>
        [.. Expected.SelectMany(template => template.Value, (template, resource) => (template.Key, resource.Key))];

    [Theory]
    [InlineData("events-and-policies")]
    [InlineData("event-invoke-configs")]
    [InlineData("apis")]
    [InlineData("layers")]
    [InlineData("versions")]
    [InlineData("aliases")]
    [InlineData("implicit-api")]
    [InlineData("deployment-preferences")]
    [InlineData("conditional-preferences")]
    [InlineData("secrets")]
    [InlineData("streams")]
    public void The_same_resources_come_out(string template) =>
        Assert.Equal(Expected[template].Select(resource => resource.Key).Order(), Expanded[template].Keys.Order());

    [Theory]
    [MemberData(nameof(LogicalIds))]
    public void A_resource_comes_out_the_same(string template, string logicalId)
    {
        var ours = Json(Expanded[template][logicalId]);
        var theirs = Evened(Expected[template][logicalId]!.DeepClone().AsObject());
        Assert.True(
            JsonNode.DeepEquals(theirs, ours), $"expected {theirs.ToJsonString()}\nbut was  {ours.ToJsonString()}");
    }

    private static JsonObject Read(string template)
    {
        var text = RepositoryFile.Read($"tests/golden/sam/{template}.expected.json");
        return JsonNode.Parse(Unhashed(text))!["Resources"]!.AsObject();
    }

    /// <summary>The hashes of deployments, layers and versions differ on purpose.</summary>
    private static string Unhashed(string json) =>
        Hash().Replace(json, match => match.Groups["before"].Value + "HASH");

    [GeneratedRegex(
        "(?<before>Deployment|deployment id: |Layer|Version)[0-9a-f]{10,40}(?=[\"}])", RegexOptions.ExplicitCapture)]
    private static partial Regex Hash();

    private static Dictionary<string, ResourceEntry> Expand(string template)
    {
        var errors = new ErrorList();
        var source = new TemplateSource(
            "template.yaml", RepositoryFile.Read($"tests/golden/sam/{template}.template.yaml"));
        var document = DocumentReader.Read(TemplateReader.Read(source), errors);
        var parameters = ParameterValues.Bind(
            ParameterDeclaration.ReadAll(document.Parameters, errors), ParameterProfile.Empty, errors);
        var expansion = ServerlessTransform.Expand(document, HostTemplateParts.All, parameters.Resolved, errors);
        errors.ThrowIfAny();
        return expansion.Resources.ToDictionary(resource => Unhashed($"\"{resource.LogicalId}\"").Trim('"'));
    }

    private static JsonObject Json(ResourceEntry resource)
    {
        var json = new JsonObject { ["Type"] = resource.Type };
        if (resource.Properties.Entries.Count > 0) json["Properties"] = TemplateJson.Of(resource.Properties);
        if (resource.Condition is { } condition) json["Condition"] = condition;
        if (resource.Metadata is { } metadata) json["Metadata"] = TemplateJson.Of(metadata);
        if (resource.DeletionPolicy is { } policy) json["DeletionPolicy"] = policy.Text;
        if (resource.UpdateReplacePolicy is { } replaced) json["UpdateReplacePolicy"] = replaced.Text;
        if (resource.UpdatePolicy is { } update) json["UpdatePolicy"] = TemplateJson.Of(update);
        if (resource.DependsOn.Count > 0) json["DependsOn"] = Sorted(resource.DependsOn.Select(name => name.Text));
        return JsonNode.Parse(Unhashed(json.ToJsonString()))!.AsObject();
    }

    private static JsonObject Evened(JsonObject resource)
    {
        if (resource["Properties"] is JsonObject properties && properties["Code"] is { } code)
        {
            properties["Code"] = code["S3Key"]!.DeepClone();
        }

        if (resource["Properties"]?["Content"] is JsonObject content && (string?)content["S3Bucket"] == "artifacts")
            resource["Properties"]!["Content"] = content["S3Key"]!.DeepClone();
        if (resource["Properties"] is JsonObject { Count: 0 }) resource.Remove("Properties");
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
