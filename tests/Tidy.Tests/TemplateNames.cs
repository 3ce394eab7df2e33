using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using YamlDotNet.RepresentationModel;

namespace Isobar.Tidy.Tests;

/// <summary>
/// One name in five places: folder, project, executable, logical id, test folder. An executable of several functions
/// has as many logical ids, each its name and the handler's behind it: ApiGetJobFunction is GetJob of functions/Api.
/// </summary>
public sealed partial class TemplateNames
{
    [Fact]
    public void Every_function_of_the_template_is_a_folder_and_every_folder_is_in_the_template()
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "functions")).Select(Path.GetFileName)
            .Where(name => name is not ("obj" or "bin"));

        Assert.Equal(folders.Order(), Functions().Select(function => function.Folder).Distinct().Order());
    }

    [Fact]
    public void A_function_is_built_from_its_folder_by_its_own_name()
    {
        foreach (var (name, folder, properties) in Functions())
        {
            Assert.Equal(folder, Text(properties, "Handler"));
            Assert.True(File.Exists(Path.Combine(Repository.Root, "functions", folder, $"{folder}.csproj")), name);
            Assert.Contains(
                $"build-{name}Function",
                Repository.Text($"functions/{folder}/Makefile").Split('\n')
                    .Where(line => line.EndsWith(':')).SelectMany(line => line.TrimEnd(':').Split(' ')));
        }
    }

    [Fact]
    public void A_function_that_shares_its_executable_is_named_after_both_and_a_lone_one_after_the_folder()
    {
        foreach (var functions in Functions().GroupBy(function => function.Folder))
        {
            if (functions.Count() == 1) Assert.Equal(functions.Key, functions.Single().Name);
            else Assert.All(functions, function => Assert.Equal(
                function.Name, functions.Key + Text(Variables(function.Properties), "ANNOTATIONS_HANDLER")));
        }
    }

    /// <summary>The generated program ends at once for a name that it does not know.</summary>
    [Fact]
    public void Every_handler_that_the_template_names_is_marked_in_its_folder()
    {
        foreach (var (name, folder, properties) in Functions())
        {
            var handler = Text(Variables(properties), "ANNOTATIONS_HANDLER");
            var marked = Sources(folder)
                .SelectMany(path => MarkedMethod().Matches(Repository.Text(path)))
                .Select(match => match.Groups["name"].Value);

            Assert.True(marked.Contains(handler), $"{name}: no handler {handler}");
        }
    }

    /// <summary>
    /// The real generator creates the file while compiling, but no folder: it must be one that a restore makes.
    /// </summary>
    [Fact]
    public void The_template_that_the_Annotations_generator_writes_lands_in_the_projects_intermediate_folder()
    {
        foreach (var (_, name, _) in Functions())
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

    /// <summary>An OS-only runtime starts the file <c>bootstrap</c>, whatever the handler says.</summary>
    [Fact]
    public void A_function_of_an_OS_only_runtime_is_built_as_bootstrap_and_takes_no_layer_of_another_runtime()
    {
        var functions = Functions().Where(function => IsOsOnly(function.Properties)).ToArray();

        Assert.NotEmpty(functions);
        foreach (var (name, folder, properties) in functions)
        {
            Assert.Equal("bootstrap", (string?)Project(folder).Descendants("AssemblyName").SingleOrDefault());
            Assert.Equal(("!Ref", "AWS::NoValue"), (properties["Layers"].Tag.Value, Text(properties, "Layers")));
        }

        Assert.All(
            Functions().Where(function => !IsOsOnly(function.Properties)),
            function => Assert.Empty(Project(function.Folder).Descendants("AssemblyName")));
    }

    // Its own, and what its project compiles of another folder's.
    private static IEnumerable<string> Sources(string folder) =>
        Project(folder).Descendants("Compile").Select(compile => (string)compile.Attribute("Include")!)
            .Select(include => include.Split('/')[1]).Append(folder)
            .SelectMany(each => Repository.Files($"functions/{each}", ".cs"));

    private static XDocument Project(string folder) =>
        XDocument.Parse(Repository.Text($"functions/{folder}/{folder}.csproj"));

    private static bool IsOsOnly(YamlMappingNode properties) =>
        Text(properties, "Runtime").StartsWith("provided", StringComparison.Ordinal);

    // Those of the core, and of the stack beside it that has a function of its own.
    private static IEnumerable<(string Name, string Folder, YamlMappingNode Properties)> Functions() =>
        Functions("template.yaml", "").Concat(Functions("infra/stacks/live.yaml", "../../"));

    private static IEnumerable<(string Name, string Folder, YamlMappingNode Properties)> Functions(
        string template, string toRoot)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Text(template)));
        var resources = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode)["Resources"];
        foreach (var (id, resource) in resources)
        {
            var declaration = (YamlMappingNode)resource;
            if (Text(declaration, "Type") != "AWS::Serverless::Function") continue;
            var logicalId = ((YamlScalarNode)id).Value!;
            Assert.EndsWith("Function", logicalId, StringComparison.Ordinal);
            var properties = (YamlMappingNode)declaration["Properties"];
            var code = Text(properties, "CodeUri");
            Assert.StartsWith(toRoot + "functions/", code, StringComparison.Ordinal);
            yield return (
                logicalId[..^"Function".Length], code[(toRoot.Length + "functions/".Length)..], properties);
        }
    }

    private static YamlMappingNode Variables(YamlMappingNode properties) =>
        (YamlMappingNode)properties["Environment"]["Variables"];

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!;

    [GeneratedRegex(@"\[LambdaFunction\](\s*\[[^\]]*\])*\s*public (async )?Task(<\w+>)? (?<name>\w+)\(")]
    private static partial Regex MarkedMethod();
}
