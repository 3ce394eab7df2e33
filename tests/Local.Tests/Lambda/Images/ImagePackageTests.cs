using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Images;

namespace Isobar.Local.Tests.Lambda.Images;

/// <summary>Which files an image has, and where they come from.</summary>
public sealed class ImagePackageTests : IDisposable
{
    private const string From = "FROM public.ecr.aws/lambda/provided:al2023\n";

    private readonly DirectoryInfo context = Directory.CreateTempSubdirectory("isobar-context-");

    public ImagePackageTests()
    {
        foreach (var (path, text) in new[] { ("out/a.dll", "a"), ("out/lib/b.so", "b"), ("one", "1"), ("two", "2") })
        {
            var file = Path.Combine(context.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }

    public void Dispose() => context.Delete(recursive: true);

    [Theory]
    [InlineData("COPY out /var/task", "root/var/task/a.dll root/var/task/lib/b.so")]
    [InlineData("COPY out/ /var/task/sub/", "root/var/task/sub/a.dll root/var/task/sub/lib/b.so")]
    [InlineData("COPY one /opt/extensions/first", "root/opt/extensions/first")]
    [InlineData("COPY one two /opt/", "root/opt/one root/opt/two")]
    [InlineData("COPY one .", "root/var/task/one")]
    [InlineData("COPY /one /var/runtime/bootstrap", "root/var/runtime/bootstrap")]
    [InlineData("COPY [\"one\", \"/opt/a b\"]", "root/opt/a b")]
    public void Files_are_copied_as_Docker_copies_them(string copy, string files) =>
        Assert.Equal(
            ["image.json", .. files.Split(" root").Select((file, i) => i == 0 ? file : "root" + file)],
            Package(copy).ReadFiles().Select(file => file.Path));

    [Fact]
    public void A_later_copy_replaces_what_an_earlier_one_brought()
    {
        var file = Package("COPY one /opt/x\nCOPY two /opt/x").ReadFiles().Single(file => file.Path == "root/opt/x");
        using var reader = new StreamReader(file.OpenRead());
        Assert.Equal("2", reader.ReadToEnd());
    }

    [Theory]
    [InlineData("COPY three /opt/", "Dockerfile:2: COPY three: there is no such file in ")]
    [InlineData("COPY ../ /opt/", "Dockerfile:2: COPY ../: outside the context ")]
    [InlineData("COPY out/../../x /opt/", "Dockerfile:2: COPY out/../../x: outside the context ")]
    public void Nothing_comes_from_outside_the_context(string copy, string start) => Assert.StartsWith(
        start, Assert.Throws<DockerfileException>(() => Package(copy)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_same_files_with_another_start_are_another_image()
    {
        var store = new CodeStore(Path.Combine(context.FullName, "store"));
        async Task<ContainerImage> ImageAsync(string text) =>
            ContainerImage.Of(await store.AddAsync([Package(text)], default));

        var first = await ImageAsync("COPY one /opt/\nCMD [\"a\"]");
        Assert.Equal(first.Digest, (await ImageAsync("COPY one /opt/\nCMD [\"a\"]")).Digest);
        Assert.NotEqual(first.Digest, (await ImageAsync("COPY one /opt/\nCMD [\"b\"]")).Digest);
        Assert.Equal(64, first.Digest.Length);
        Assert.Equal(["a"], first.Settings.Command);
        Assert.Empty(Directory.EnumerateFileSystemEntries(first.TaskRoot));
        Assert.Equal("1", await File.ReadAllTextAsync(Path.Combine(first.Layers!, "one"), default));
        Assert.Null(first.Runtime);
    }

    private ImagePackage Package(string text) => new(
        context.FullName, "Dockerfile",
        Dockerfile.Read("Dockerfile", From + text, new Dictionary<string, string>()));
}
