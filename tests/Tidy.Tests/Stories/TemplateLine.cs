using Isobar.Tidy.Tests.Templates;
using YamlDotNet.RepresentationModel;

namespace Isobar.Tidy.Tests.Stories;

/// <summary>A resource, or one of its events, in the templates as people read them.</summary>
/// <param name="Folder">Where a function's code is, from the root; null for other resources.</param>
internal sealed record TemplateLine(string Name, string Path, long Line, string? Folder)
{
    /// <summary>The place of a logical id, or of a logical id, a dot and an event.</summary>
    /// <exception cref="KeyNotFoundException">No template has it.</exception>
    public static TemplateLine Of(string name)
    {
        var parts = name.Split('.');
        foreach (var path in DeployableTemplates.Paths)
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(Repository.Text(path)));
            var resources = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode)["Resources"];
            if (Entry(resources, parts[0]) is not var (key, value)) continue;
            var folder = Folders(path, parts[0]);
            if (parts.Length == 1) return new TemplateLine(name, path, key.Start.Line, folder);
            var events = (YamlMappingNode)((YamlMappingNode)value)["Properties"]["Events"];
            return Entry(events, parts[1]) is var (part, _)
                ? new TemplateLine(name, path, part.Start.Line, folder)
                : throw new KeyNotFoundException($"{parts[0]} has no event {parts[1]}.");
        }

        throw new KeyNotFoundException($"No template has a resource {parts[0]}.");
    }

    private static string? Folders(string path, string id)
    {
        var uri = Template.Read(path).Resources.FirstOrDefault(resource => resource.Id == id)?.Text("CodeUri");
        return uri is null
            ? null
            : System.IO.Path.GetRelativePath(".", System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, uri));
    }

    private static (YamlNode Key, YamlNode Value)? Entry(YamlMappingNode map, string name) =>
        map.Children.Where(entry => entry.Key.ToString() == name)
            .Select(entry => ((YamlNode, YamlNode)?)(entry.Key, entry.Value))
            .FirstOrDefault();
}
