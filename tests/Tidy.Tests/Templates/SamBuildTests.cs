namespace Isobar.Tidy.Tests.Templates;

/// <summary>What <c>sam build</c> would do: it runs <c>make build-LogicalId</c> in each part's folder.</summary>
public sealed class SamBuildTests
{
    private static readonly (string, string) Allowed = ("AllowStandIns", "true");

    public static TheoryData<string> Parts => [.. MadePart.All.Select(part => part.LogicalId)];

    /// <summary>One function, because the others' recipes are the same, and every layer.</summary>
    public static TheoryData<string> ReallyMade =>
    [
        .. MadePart.All.Where(part => part.IsLayer).Select(part => part.LogicalId).Append("IntakeFunction"),
    ];

    /// <summary>Everything of a deployment runs on Linux with Lambda's own .NET, so it brings neither.</summary>
    [Theory]
    [MemberData(nameof(Parts))]
    public void A_part_is_published_for_Lambda_into_the_folder_that_SAM_gives(string part)
    {
        var recipe = MadePart.Of(part).Recipe;

        Assert.NotEmpty(recipe);
        Assert.Contains(recipe, line => line.Contains("$(ARTIFACTS_DIR)", StringComparison.Ordinal));
        Assert.DoesNotContain(recipe, line => line.Contains("AllowStandIns", StringComparison.Ordinal));
        foreach (var publish in recipe.Where(line => line.Contains("dotnet ", StringComparison.Ordinal)))
        {
            Assert.StartsWith("dotnet publish ", publish);
            Assert.Contains(" -c Release -r linux-x64 --self-contained false ", publish, StringComparison.Ordinal);
        }
    }

    /// <summary>Made beside the checkout's own build, so that neither disturbs the other.</summary>
    [Theory]
    [MemberData(nameof(ReallyMade))]
    public async Task A_part_that_is_made_holds_what_the_local_host_mounts_and_no_stand_in_unless_allowed(string id)
    {
        var part = MadePart.Of(id);
        var folder = Directory.CreateTempSubdirectory("isobar-sam-build-");
        try
        {
            var made = Path.Combine(folder.FullName, "made");
            var (status, output, errors) = await MakeAsync(part, folder, made, Allowed);
            Assert.True(status == 0, output + errors);
            var missing = Names(Mounted(part)).Except(Names(made)).ToArray();
            Assert.True(missing.Length == 0, $"lacks {string.Join(", ", missing)}");

            var refused = Path.Combine(folder.FullName, "refused");
            (status, output, errors) = await MakeAsync(part, folder, refused);
            if (!UsesStandIns(folder)) Assert.True(status == 0, output + errors);
            else AssertRefused(status, output, refused);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void AssertRefused(int status, string output, string folder)
    {
        Assert.NotEqual(0, status);
        Assert.Contains("STANDIN", output, StringComparison.Ordinal);
        Assert.Empty(Names(folder));
    }

    private static Task<(int Status, string Output, string Errors)> MakeAsync(
        MadePart part, DirectoryInfo folder, string made, params (string Name, string Value)[] variables)
    {
        Directory.CreateDirectory(made);
        return Tool.RunAsync(
            "make", ["-C", part.Folder, $"build-{part.LogicalId}", $"ARTIFACTS_DIR={made}"],
            [
                .. variables, ("ArtifactsPath", Path.Combine(folder.FullName, "artifacts")),
                ("MSBUILDDISABLENODEREUSE", "1"), ("UseSharedCompilation", "false"),
            ]);
    }

    private static bool UsesStandIns(DirectoryInfo folder) =>
        folder.EnumerateFiles("project.assets.json", SearchOption.AllDirectories)
            .Any(assets => File.ReadAllText(assets.FullName).Contains($".{StandIns.Checkout.Revision}\"",
                StringComparison.Ordinal));

    // The build of the checkout, in the configuration that these tests were built in.
    private static string Mounted(MadePart part)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var name = Path.GetFileName(part.Folder);
        return Path.Combine(
            Repository.Root, "artifacts", part.IsLayer ? "layers" : "bin", name, configuration);
    }

    // Symbols are for those who debug; a deployment leaves them out or not, as it likes.
    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Where(name => !name.EndsWith(".pdb", StringComparison.Ordinal));
}
