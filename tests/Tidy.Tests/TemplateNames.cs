using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace Isobar.Tidy.Tests;

/// <summary>One name in five places: folder, project, executable, logical id, test folder.</summary>
public sealed class TemplateNames
{
    [Fact]
    public void Every_function_of_the_template_is_a_folder_and_every_folder_is_in_the_template()
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "functions")).Select(Path.GetFileName)
            .Where(name => name is not ("obj" or "bin"));

        Assert.Equal(folders.Order(), Functions().Select(function => function.Name).Order());
    }

    [Fact]
    public void A_function_is_built_from_its_folder_by_its_own_name()
    {
        foreach (var (name, properties) in Functions())
        {
            Assert.Equal($"functions/{name}", Text(properties, "CodeUri"));
            Assert.Equal(name, Text(properties, "Handler"));
            Assert.True(File.Exists(Path.Combine(Repository.Root, "functions", name, $"{name}.csproj")), name);
            Assert.Contains($"build-{name}Function:", Repository.Text($"functions/{name}/Makefile"));
        }
    }

    /// <summary>
    /// The real generator creates the file while compiling, but no folder: it must be one that a restore makes.
    /// </summary>
    [Fact]
    public void The_template_that_the_Annotations_generator_writes_lands_in_the_projects_intermediate_folder()
    {
        foreach (var (name, _) in Functions())
        {
            var folder = Path.Combine(Repository.Root, "functions", name);
            using var defaults = JsonDocument.Parse(
                File.ReadAllText(Path.Combine(folder, "aws-lambda-tools-defaults.json")));
            var template = defaults.RootElement.GetProperty("template").GetString()!;

            Assert.Equal(
                Path.Combine(Repository.Root, "artifacts", "obj", name, "serverless.template"),
                Path.GetFullPath(Path.Combine(folder, template)));
        }
    }

    private static IEnumerable<(string Name, YamlMappingNode Properties)> Functions()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Text("template.yaml")));
        var resources = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode)["Resources"];
        foreach (var (id, resource) in resources)
        {
            var declaration = (YamlMappingNode)resource;
            if (Text(declaration, "Type") != "AWS::Serverless::Function") continue;
            var logicalId = ((YamlScalarNode)id).Value!;
            Assert.EndsWith("Function", logicalId);
            yield return (logicalId[..^"Function".Length], (YamlMappingNode)declaration["Properties"]);
        }
    }

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!;
}
