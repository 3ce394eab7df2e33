using System.Xml.Linq;

namespace Isobar.Tidy.Tests.StandIns;

/// <summary>Which stand-ins a restore packs, in a copy of the build folder with sources of the test's own.</summary>
public sealed class PackingTests : IDisposable
{
    private const string Lacking = "Amazon.Lambda.SQSEvents";
    private const string Other = "Some.Other.Package";

    private readonly DirectoryInfo gallery = Directory.CreateTempSubdirectory("isobar-gallery-");

    [Fact]
    public async Task Only_stand_ins_of_packages_that_no_source_has_are_packed_and_only_they_silence_NU1603()
    {
        foreach (var id in Checkout.StandIns.Where(id => id != Lacking))
            Package.WriteEmpty(gallery.FullName, id, Checkout.Pins[id]);
        Package.WriteEmpty(gallery.FullName, Other, "1.0.1");
        using var project = Repository((Lacking, Checkout.Pins[Lacking]), (Other, "1.0.0"));

        var (exitCode, output) = await project.DotnetAsync("restore");

        Assert.Equal([$"{Lacking}.{Checkout.StandInVersion(Lacking)}.nupkg"], Packed(project));
        Assert.NotEqual(0, exitCode);
        var warnings = output.Split('\n').Where(line => line.Contains("NU1603", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(warnings);
        Assert.All(warnings, line => Assert.Contains(Other, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_packed_where_a_source_has_every_pin()
    {
        foreach (var id in Checkout.StandIns) Package.WriteEmpty(gallery.FullName, id, Checkout.Pins[id]);
        using var project = Repository((Lacking, Checkout.Pins[Lacking]));

        var (exitCode, output) = await project.DotnetAsync("restore");

        Assert.True(exitCode == 0, output);
        Assert.Empty(Packed(project));
    }

    [Fact]
    public async Task What_is_packed_stays_good_when_artifacts_are_deleted()
    {
        foreach (var id in Checkout.StandIns) Package.WriteEmpty(gallery.FullName, id, Checkout.Pins[id]);
        using var project = Repository((Lacking, Checkout.Pins[Lacking]));
        await project.DotnetAsync("restore");
        Directory.Delete(project.PathOf("artifacts"), recursive: true);

        var (exitCode, output) = await project.DotnetAsync("restore");

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task A_source_that_does_not_answer_is_an_error_and_chooses_no_stand_in()
    {
        using var project = Repository((Lacking, Checkout.Pins[Lacking]));
        Directory.Delete(gallery.FullName);

        var (exitCode, output) = await project.DotnetAsync("restore");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("Could not find out whether a NuGet source has the packages", output, StringComparison.Ordinal);
        Assert.Empty(Packed(project));
        gallery.Create();
    }

    public void Dispose() => gallery.Delete(recursive: true);

    private static IEnumerable<string?> Packed(ScratchProject project) =>
        Directory.EnumerateFiles(project.PathOf("build/stand-ins/feed"), "*.nupkg").Select(Path.GetFileName);

    // The project of the scratch folder, with the build folder and the pins of the checkout around it.
    private ScratchProject Repository(params (string Id, string Version)[] packages)
    {
        var project = new ScratchProject(packages, gallery.FullName, "build/stand-ins/feed");
        foreach (var file in Tidy.Tests.Repository.Files("build", "").Append("Directory.Packages.props"))
        {
            var isInFeed = Path.GetDirectoryName(file) == Path.Join("build", "stand-ins", "feed");
            if (isInFeed && Path.GetExtension(file) != ".md")
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(project.PathOf(file))!);
            File.Copy(Path.Combine(Checkout.Root, file), project.PathOf(file));
        }

        var scratch = XDocument.Load(project.PathOf("Scratch.csproj"));
        scratch.Root!.Elements("Import").Remove();
        scratch.Root.Element("PropertyGroup")!.Add(
            new XElement("ManagePackageVersionsCentrally", "false"), new XElement("TreatWarningsAsErrors", "true"),
            new XElement("EnableDefaultCompileItems", "false"));
        scratch.Root.Add(new XElement("Import", new XAttribute("Project", "build/stand-ins.targets")));
        scratch.Save(project.PathOf("Scratch.csproj"));
        return project;
    }
}
