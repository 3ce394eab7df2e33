using System.Text.RegularExpressions;

namespace Isobar.Tidy.Tests.Templates;

/// <summary>What <c>sam build</c> would do: it runs <c>make build-LogicalId</c> in each part's folder.</summary>
public sealed partial class SamBuildTests(SamBuild build) : IClassFixture<SamBuild>
{
    public static TheoryData<string> Parts => [.. MadePart.All.Select(part => part.LogicalId)];

    /// <summary>One function, because the others' recipes are the same, and every layer.</summary>
    public static TheoryData<string> ReallyMade =>
    [
        .. MadePart.All.Where(part => part.IsLayer).Select(part => part.LogicalId).Append("IntakeFunction"),
    ];

    /// <summary>
    /// Everything of a deployment runs on Linux, most of it with Lambda's own .NET, which it does not bring along; an
    /// OS-only runtime has none.
    /// </summary>
    [Theory]
    [MemberData(nameof(Parts))]
    public void A_part_is_published_for_Lambda_into_the_folder_that_SAM_gives(string part)
    {
        var recipe = MadePart.Of(part).Recipe;

        Assert.NotEmpty(recipe);
        Assert.Contains(recipe, line => line.Contains("$(ARTIFACTS_DIR)", StringComparison.Ordinal));
        Assert.DoesNotContain(recipe, line => line.Contains("AllowStandIns", StringComparison.Ordinal));
        foreach (var line in recipe.Where(line => line.Contains("dotnet ", StringComparison.Ordinal)))
            Assert.Matches(Rule(MadePart.Of(part)), line);
    }

    private static Regex Rule(MadePart part) =>
        part.IsLayer ? MakesALayer() : IsOsOnly(part) ? MakesAnExecutable() : MakesAFunction();

    private static bool IsOsOnly(MadePart part) =>
        Template.Read(DeployableTemplates.Core, DeployableTemplates.Native).Functions.Any(function =>
            function.Id == part.LogicalId
            && function.Text("Runtime")?.StartsWith("provided", StringComparison.Ordinal) == true);

    [Theory(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    [MemberData(nameof(ReallyMade))]
    public async Task A_part_that_is_made_holds_what_the_local_host_mounts(string id)
    {
        var part = MadePart.Of(id);

        var (status, output, folder) = await build.MakeAsync(part, allowStandIns: true);

        Assert.True(status == 0, output);
        var missing = Names(Mounted(part)).Except(Names(folder)).ToArray();
        Assert.True(missing.Length == 0, $"lacks {string.Join(", ", missing)}");
        if (part.IsLayer) Assert.DoesNotContain(Names(folder).Select(Path.GetFileNameWithoutExtension), IsPackage);
    }

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public async Task A_package_can_carry_the_shared_layers_content_itself_for_where_no_layers_are_applied()
    {
        var (status, output, folder) = await build.MakeAsync(
            MadePart.Of("CatalogRecordFileFunction"), allowStandIns: true, ("SharedLayerInPackage", "true"));

        Assert.True(status == 0, output);
        var names = Names(folder).ToHashSet();
        Assert.Superset(new HashSet<string> { "Isobar.Domain.dll", "Isobar.Tables.dll", "isobar/stations.csv" }, names);
    }

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public async Task A_part_is_made_of_real_packages_only()
    {
        var (status, output, folder) = await build.MakeAsync(MadePart.Of("IntakeFunction"), allowStandIns: false);

        if (!build.UsesStandIns)
        {
            Assert.True(status == 0, output);
            return;
        }

        Assert.NotEqual(0, status);
        Assert.Contains("STANDIN", output, StringComparison.Ordinal);
        Assert.Empty(Names(folder));
    }

    // Only publishing refuses stand-ins; a layer that is laid out otherwise must have no package in it at all.
    [GeneratedRegex("^dotnet (publish|build) .*-c Release ")]
    private static partial Regex MakesALayer();

    [GeneratedRegex("^dotnet publish .*-c Release -r linux-x64 --self-contained false ")]
    private static partial Regex MakesAFunction();

    [GeneratedRegex("^dotnet publish .*-c Release -r linux-x64 --self-contained true ")]
    private static partial Regex MakesAnExecutable();

    // The build of the checkout, in the configuration that these tests were built in.
    private static string Mounted(MadePart part)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var name = Path.GetFileName(part.Folder);
        return Path.Combine(
            Repository.Root, "artifacts", part.IsLayer ? "layers" : "bin", name, configuration);
    }

    private static bool IsPackage(string? library) => StandIns.Checkout.StandIns.Contains(library);

    // Symbols are for those who debug; a deployment leaves them out or not, as it likes.
    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Where(name => !name.EndsWith(".pdb", StringComparison.Ordinal));
}
