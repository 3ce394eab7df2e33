namespace Isobar.Local.Tests;

public sealed class OwnedFolderTests : IDisposable
{
    private const string Prefix = "isobar-test-";

    private readonly DirectoryInfo parent = Directory.CreateTempSubdirectory("isobar-owned-");

    public void Dispose() => parent.Delete(recursive: true);

    [Fact]
    public void It_is_its_users_alone_and_goes_with_all_that_is_in_it()
    {
        var folder = Create();
        Directory.CreateDirectory(Path.Combine(folder.FullName, "a", "b"));
        File.WriteAllText(Path.Combine(folder.FullName, "a", "b", "c"), "c");
        if (!OperatingSystem.IsWindows())
            Assert.Equal("700", Convert.ToString((int)File.GetUnixFileMode(folder.FullName), 8));

        folder.Dispose();

        Assert.Empty(parent.EnumerateFileSystemInfos());
    }

    [Fact]
    public void One_whose_owner_lives_stays()
    {
        using var living = Create();
        using var next = Create();

        Assert.Equal(
            new[] { living.FullName, next.FullName }.Order(), parent.EnumerateDirectories().Select(At).Order());
    }

    [Fact]
    public void One_whose_owner_has_gone_is_removed()
    {
        var abandoned = Abandon("gone", "objects/1", "code/f/bootstrap");

        using var next = Create();

        Assert.False(Directory.Exists(abandoned));
        Assert.True(Directory.Exists(next.FullName));
    }

    [Fact]
    public void A_removal_that_was_interrupted_is_finished()
    {
        var empty = parent.CreateSubdirectory(Prefix + "interrupted");

        using var next = Create();

        Assert.False(Directory.Exists(empty.FullName));
    }

    [Fact]
    public void What_is_not_one_of_them_stays()
    {
        var elsewhere = Directory.CreateTempSubdirectory("isobar-elsewhere-");
        File.WriteAllText(Path.Combine(elsewhere.FullName, "owner.lock"), "");
        var unlocked = parent.CreateSubdirectory(Prefix + "without-a-lock");
        File.WriteAllText(Path.Combine(unlocked.FullName, "file"), "");
        var other = parent.CreateSubdirectory("another-prefix");
        Directory.CreateSymbolicLink(Path.Combine(parent.FullName, Prefix + "link"), elsewhere.FullName);

        using (Create())
            Assert.Equal(
                ["another-prefix", Prefix + "link", Prefix + "without-a-lock"],
                parent.EnumerateDirectories().Where(folder => !File.Exists(Path.Combine(folder.FullName, "owner.lock"))
                    || folder.LinkTarget is not null).Select(folder => folder.Name).Order(StringComparer.Ordinal));

        Assert.True(File.Exists(Path.Combine(elsewhere.FullName, "owner.lock")));
        Assert.True(other.Exists);
        elsewhere.Delete(recursive: true);
    }

    [Fact]
    public void What_a_link_in_an_abandoned_one_leads_to_stays()
    {
        var kept = parent.CreateSubdirectory("kept");
        File.WriteAllText(Path.Combine(kept.FullName, "file"), "");
        var abandoned = Abandon("linked", "some");
        Directory.CreateSymbolicLink(Path.Combine(abandoned, "link"), kept.FullName);

        using var next = Create();

        Assert.False(Directory.Exists(abandoned));
        Assert.True(File.Exists(Path.Combine(kept.FullName, "file")));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("file")]
    public void A_parent_that_is_no_folder_is_an_error(string name)
    {
        File.WriteAllText(Path.Combine(parent.FullName, "file"), "");

        Assert.Throws<DirectoryNotFoundException>(
            () => OwnedFolder.Create(Path.Combine(parent.FullName, name), Prefix));
        Assert.Single(parent.EnumerateFileSystemInfos());
    }

    private OwnedFolder Create() => OwnedFolder.Create(parent.FullName, Prefix);

    private static string At(DirectoryInfo folder) => folder.FullName;

    // As a killed process leaves it: the lock file is there, and nobody holds the lock.
    private string Abandon(string name, params string[] files)
    {
        var folder = Path.Combine(parent.FullName, Prefix + name);
        foreach (var file in (string[])["owner.lock", .. files])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.WriteAllText(Path.Combine(folder, file), "");
        }

        return folder;
    }
}
