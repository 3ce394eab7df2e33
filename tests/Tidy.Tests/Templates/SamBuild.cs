namespace Isobar.Tidy.Tests.Templates;

/// <summary>
/// Makes parts as <c>sam build</c> does, beside the checkout's own build, so that neither disturbs the other.
/// </summary>
public sealed class SamBuild : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-sam-build-");

    private int parts;

    /// <summary>Whether what was made so far was compiled against a stand-in.</summary>
    internal bool UsesStandIns =>
        folder.EnumerateFiles("project.assets.json", SearchOption.AllDirectories)
            .Any(assets => File.ReadAllText(assets.FullName)
                .Contains($".{StandIns.Checkout.Revision}\"", StringComparison.Ordinal));

    /// <summary>Makes a part into a folder of its own.</summary>
    /// <param name="allowStandIns">By a variable of the environment, which MSBuild takes for a property.</param>
    /// <param name="property">One more of these.</param>
    internal async Task<(int Status, string Output, string Folder)> MakeAsync(
        MadePart part, bool allowStandIns, params (string Name, string Value)[] property)
    {
        var made = folder.CreateSubdirectory($"made/{++parts}").FullName;
        var (status, output, errors) = await Tool.RunAsync(
            "make", ["-C", part.Folder, $"build-{part.LogicalId}", $"ARTIFACTS_DIR={made}"],
            [
                ("AllowStandIns", allowStandIns ? "true" : "false"),
                ("ArtifactsPath", Path.Combine(folder.FullName, "artifacts")),
                ("MSBUILDDISABLENODEREUSE", "1"),
                ("UseSharedCompilation", "false"),
                .. property,
            ]);
        return (status, output + errors, made);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
