using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Isobar.Tidy.Tests;

/// <summary>Who may know whom.</summary>
public sealed partial class DependencyArrows
{
    private const string Host = "infra/local";

    [Theory]
    [InlineData("functions", "layers")]
    [InlineData("extensions", "layers")]
    [InlineData("layers", "layers")]
    [InlineData("images", "functions", "extensions", "layers")]
    [InlineData(Host, "infra/bootstrap")]
    [InlineData("infra/bootstrap", "(nothing)")]
    [InlineData("infra/testing", Host)]
    public void A_project_refers_only_to_the_rooms_it_may_know(string room, params string[] mayKnow)
    {
        var strangers =
            from project in Repository.Files(room, ".csproj")
            from reference in XDocument.Parse(Repository.Text(project)).Descendants("ProjectReference")
            let target = Path.GetRelativePath(
                Repository.Root,
                Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, (string)reference.Attribute("Include")!))
            let path = target.Replace('\\', '/')
            where !mayKnow.Any(known => path.StartsWith(known + "/", StringComparison.Ordinal))
            select $"{project} → {target}";

        Assert.Empty(strangers);
    }

    [Fact]
    public void Services_do_not_know_each_other()
    {
        var services =
            Directory.GetDirectories(Path.Combine(Repository.Root, Host, "Services")).Select(Path.GetFileName);
        var strangers =
            from service in services
            from use in NamespacesUsed($"{Host}/Services/{service}")
            where use.Namespace.StartsWith("Isobar.Local.Services.", StringComparison.Ordinal)
                && !(use.Namespace + ".").StartsWith($"Isobar.Local.Services.{service}.", StringComparison.Ordinal)
            select use.ToString();

        Assert.Empty(strangers);
    }

    [Theory]
    [InlineData("Wire", "Ownership History Costs")]
    [InlineData("Ownership", "")]
    [InlineData("History", "Ownership")]
    [InlineData("Costs", "Ownership History")]
    [InlineData("Deployment", "Ownership")]
    [InlineData("Patterns", "")]
    [InlineData("Services", "Deployment Wire Ownership History Patterns Costs Services")]
    [InlineData("Lambda", "Deployment Wire Ownership History Patterns Costs Services Lambda")]
    [InlineData("Edge", "Deployment Wire Ownership History Costs Lambda Edge")]
    public void A_room_of_the_host_knows_only_the_rooms_below_it(string room, string mayKnow)
    {
        var known = mayKnow.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(room).ToHashSet();
        var strangers =
            from use in NamespacesUsed($"{Host}/{room}")
            let parts = use.Namespace.Split('.')
            where parts.Length > 2 && parts[1] == "Local" && !known.Contains(parts[2])
            select use.ToString();

        Assert.Empty(strangers);
    }

    [Fact]
    public void Lambda_names_no_particular_service()
    {
        var strangers =
            from use in NamespacesUsed($"{Host}/Lambda")
            where use.Namespace.StartsWith("Isobar.Local.Services.", StringComparison.Ordinal)
            select use.ToString();

        Assert.Empty(strangers);
    }

    [Fact]
    public void The_edge_takes_processes_from_Lambda_and_nothing_else()
    {
        var strangers =
            from use in NamespacesUsed($"{Host}/Edge")
            where use.Namespace.StartsWith("Isobar.Local.Lambda", StringComparison.Ordinal)
                && use.Namespace != "Isobar.Local.Lambda.Processes"
            select use.ToString();

        Assert.Empty(strangers);
    }

    private static IEnumerable<Use> NamespacesUsed(string folder) =>
        from path in Repository.Files(folder, ".cs")
        from Match match in UsedNamespace().Matches(Repository.Text(path))
        select new Use(path, match.Groups["name"].Value);

    [GeneratedRegex(@"^(global )?using (static )?(?<name>Isobar[\w.]*)", RegexOptions.Multiline)]
    private static partial Regex UsedNamespace();

    private sealed record Use(string Path, string Namespace)
    {
        public override string ToString() => $"{Path} uses {Namespace}";
    }
}
