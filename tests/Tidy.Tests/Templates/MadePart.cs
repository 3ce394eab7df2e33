using System.Text.RegularExpressions;

namespace Isobar.Tidy.Tests.Templates;

/// <summary>A function or layer of a template that <c>sam build</c> makes with the Makefile in its folder.</summary>
internal sealed partial record MadePart(string LogicalId, string Folder, bool IsLayer)
{
    public string Makefile => $"{Folder}/Makefile";

    /// <summary>All that the templates have made; conditions are nothing to <c>sam build</c>.</summary>
    public static IReadOnlyList<MadePart> All { get; } =
    [
        .. (from path in DeployableTemplates.Paths
           from resource in Template.Read(
               path, path == DeployableTemplates.Core ? DeployableTemplates.Native : null).Resources
           where Intrinsic.Text(resource.Declaration["Metadata"]?["BuildMethod"]) == "makefile"
           let uri = resource.Text(resource.IsFunction ? "CodeUri" : "ContentUri")!
           let folder = Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(path)!, uri)).TrimEnd('/')
           // Some are in two templates.
           select new MadePart(resource.Id, folder, !resource.IsFunction)).Distinct(),
    ];

    public static MadePart Of(string logicalId) => All.Single(part => part.LogicalId == logicalId);

    /// <summary>The commands that make it; none where the Makefile has no target of its name.</summary>
    public IReadOnlyList<string> Recipe => Target().Matches(Repository.Text(Makefile))
        .Where(target => target.Groups["id"].Captures.Any(id => id.Value == LogicalId))
        .SelectMany(target => target.Groups["line"].Captures.Select(line => line.Value.Trim()))
        .ToList();

    [GeneratedRegex(@"^(?:build-(?<id>\w+) ?)+:[^\n]*\n(?:\t(?<line>[^\n]*)\n?)+", RegexOptions.Multiline)]
    private static partial Regex Target();
}
