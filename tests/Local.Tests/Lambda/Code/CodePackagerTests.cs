using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Packages;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Images;

namespace Isobar.Local.Tests.Lambda.Code;

/// <summary>What can't be packaged is said, and leaves nothing in the store.</summary>
public sealed class CodePackagerTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("isobar-packager-");

    public void Dispose() => root.Delete(recursive: true);

    [Theory]
    [InlineData("nowhere")]
    [InlineData(".")]
    public async Task A_link_to_nothing_or_to_its_own_folder_refuses_the_code(string target)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need a privilege on Windows.");
        var folder = root.CreateSubdirectory("fn").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "bootstrap"), "");
        File.CreateSymbolicLink(Path.Combine(folder, "link"), target);
        var store = root.CreateSubdirectory("store");
        var (source, kept) = (new CodeSource(root.FullName, "Debug"), new CodeStore(store.FullName));
        var packager = new CodePackager(source, kept, new ImageBuilder(source, kept));

        var refused = await Assert.ThrowsAsync<DeploymentException>(async () => await packager.PackageAsync(
            new CodeReference("fn", IsLayer: false, "FnFunction", new SourceLocation("template.yaml", 3, 1)),
            build: false, CancellationToken.None));

        Assert.Contains("FnFunction: fn can't be packaged: ", refused.Message, StringComparison.Ordinal);
        Assert.Empty(store.EnumerateFileSystemInfos());
    }
}
