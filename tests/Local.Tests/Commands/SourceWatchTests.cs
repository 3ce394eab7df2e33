using Isobar.Local.Commands;

namespace Isobar.Local.Tests.Commands;

public sealed class SourceWatchTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-watch-");

    [Theory]
    [InlineData("Function.cs", true)]
    [InlineData("Domain/Rules.cs", true)]
    [InlineData("bin/Debug/Function.dll", false)]
    [InlineData("Domain/obj/project.assets.json", false)]
    [InlineData("artifacts/x", false)]
    [InlineData(".git/index", false)]
    [InlineData("Domain/.Rules.cs.swp", false)]
    [InlineData("Rules.cs~", false)]
    public void What_builds_and_editors_write_is_no_source(string path, bool isSource) =>
        Assert.Equal(isSource, SourceWatch.IsSource(folder.FullName, Path.Combine(folder.FullName, path)));

    [Fact]
    public void What_lies_behind_a_link_is_passed_over()
    {
        var elsewhere = Directory.CreateTempSubdirectory("isobar-elsewhere-");
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "link"), elsewhere.FullName);
            Assert.False(SourceWatch.IsSource(folder.FullName, Path.Combine(folder.FullName, "link", "a.cs")));
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Files_that_are_saved_together_are_told_together()
    {
        using var watch = new SourceWatch([folder.FullName], [], TimeProvider.System);
        var (one, two) = (Path.Combine(folder.FullName, "One.cs"), Path.Combine(folder.FullName, "Two.cs"));
        File.WriteAllText(one, "1");
        File.WriteAllText(two, "2");
        var saved = new HashSet<string>();
        // A slow machine may tell them one after the other.
        while (saved.Count < 2) saved.UnionWith(await watch.NextAsync(default).WaitAsync(Bound));
        Assert.Equal([one, two], saved.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task When_too_many_files_are_saved_everything_counts_as_saved()
    {
        using var watch = new SourceWatch([folder.FullName], [], TimeProvider.System);
        for (var i = 0; i <= SourceWatch.MaxPaths; i++)
            File.WriteAllText(Path.Combine(folder.FullName, $"{i}.cs"), "");
        IReadOnlyCollection<string> saved;
        var seen = new HashSet<string>();
        do
        {
            saved = await watch.NextAsync(default).WaitAsync(Bound);
            seen.UnionWith(saved);
        }
        while (saved.Count > 0 && seen.Count <= SourceWatch.MaxPaths);
        Assert.True(saved.Count == 0 || seen.Count > SourceWatch.MaxPaths);
    }

    [Fact]
    public async Task A_file_that_is_watched_alone_is_told_and_its_neighbours_are_not()
    {
        var template = Path.Combine(folder.FullName, "template.yaml");
        using var watch = new SourceWatch([], [template], TimeProvider.System);
        File.WriteAllText(Path.Combine(folder.FullName, "notes.txt"), "");
        File.WriteAllText(template, "Resources: {}");
        Assert.Equal([template], await watch.NextAsync(default).WaitAsync(Bound));
    }

    [Fact]
    public void More_folders_than_the_system_lets_one_watch_are_refused()
    {
        var folders = Enumerable.Range(0, SourceWatch.MaxFolders + 1)
            .Select(number => folder.CreateSubdirectory($"f{number}").FullName).ToList();
        var refusal = Assert.Throws<UsageException>(() => new SourceWatch(folders, [], TimeProvider.System));
        Assert.Contains($"at most {SourceWatch.MaxFolders} folders", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_has_the_folders_of_all_projects_that_it_refers_to()
    {
        var function = Project("functions/A", "../../libraries/B/B.csproj");
        var library = Project("libraries/B", "..\\C\\C.csproj");
        var other = Project("libraries/C", "../B/B.csproj");
        var project = SourceProject.Read(function);
        Assert.Equal(
            ((string[])[function, library, other]).Select(file => Path.GetDirectoryName(file)!), project.Sources);
        Assert.True(project.IsOwn(Path.Combine(project.Folder, "Domain", "X.cs")));
        Assert.False(project.IsOwn(Path.Combine(Path.GetDirectoryName(other)!, "X.cs")));
        Assert.True(project.Uses(Path.Combine(Path.GetDirectoryName(other)!, "X.cs")));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Project(string path, string reference)
    {
        var at = folder.CreateSubdirectory(path);
        var file = Path.Combine(at.FullName, at.Name + ".csproj");
        File.WriteAllText(
            file, $"""<Project><ItemGroup><ProjectReference Include="{reference}" /></ItemGroup></Project>""");
        return file;
    }
}
