using Isobar.Local.Lambda.Code;

namespace Isobar.Local.Tests.Lambda.Code;

/// <summary>Which files a CodeUri stands for, in the layouts that .NET projects and SAM have.</summary>
public sealed class CodeSourceTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("code source ");

    public void Dispose() => root.Delete(recursive: true);

    [Theory]
    [InlineData("src/Hello/", "src/Hello/bin/Debug/net10.0/")]
    [InlineData("./src/Hello", "src/Hello/bin/Debug/net9.0/linux-x64/")]
    [InlineData("src/Hello", "artifacts/bin/Hello/debug/")]
    [InlineData("src/Hello", "artifacts/bin/Hello/debug_net10.0/")]
    [InlineData("src/Hello", "src/artifacts/bin/Hello/debug/")]
    public async Task A_project_stands_for_its_last_build(string uri, string output)
    {
        Write("src/Hello/Hello.csproj", "src/Hello/Program.cs", output + "Hello.dll", output + "Hello.deps.json");

        Assert.Equal(["Hello.deps.json", "Hello.dll"], await FilesAsync(uri));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    public async Task The_templates_own_folder_may_be_the_project(string uri)
    {
        Write("Own.csproj", "bin/Debug/net10.0/Own.dll", "bin/Debug/net10.0/Own.deps.json");

        Assert.Equal(["Own.deps.json", "Own.dll"], await FilesAsync(uri));
    }

    [Fact]
    public async Task The_folder_of_a_publish_is_not_taken_for_a_build()
    {
        Write("P.csproj", "bin/Debug/net10.0/P.deps.json", "bin/Debug/net10.0/publish/P.deps.json");

        Assert.Contains("P.deps.json", await FilesAsync("."));
    }

    [Fact]
    public async Task A_folder_without_a_project_is_the_package_itself()
    {
        Write(".aws-sam/build/Hello/bootstrap", ".aws-sam/build/Hello/lib/a.so");

        Assert.Equal(["bootstrap", "lib/a.so"], await FilesAsync(".aws-sam/build/Hello"));
    }

    [Fact]
    public async Task A_project_is_built_before_its_output_is_taken()
    {
        Write("Hello/Hello.csproj");
        var source = new CodeSource(root.FullName, "Debug", (project, _) =>
        {
            Assert.Equal(Path.Combine(root.FullName, "Hello", "Hello.csproj"), project);
            Write("Hello/bin/Debug/net10.0/Hello.deps.json");
            return Task.CompletedTask;
        });

        Assert.Equal("Hello.deps.json", Assert.Single((await source.ResolveAsync("Hello", default)).ReadFiles()).Path);
    }

    [Fact]
    public async Task What_is_not_there_is_an_error_that_says_what_to_do()
    {
        Write("Unbuilt/Unbuilt.csproj", "Two/One.csproj", "Two/Two.fsproj", "Twice/Twice.csproj",
            "Twice/bin/Debug/net8.0/Twice.deps.json", "Twice/bin/Debug/net10.0/Twice.deps.json", "file.zip");
        root.CreateSubdirectory("Empty");

        Assert.Equal("CodeUri Unbuilt/ has not been built: there is nothing in Unbuilt/bin/Debug. "
            + "Run: dotnet build Unbuilt -c Debug", await ErrorAsync("Unbuilt/"));
        Assert.Equal("CodeUri Two has several projects; a function is one project", await ErrorAsync("Two"));
        Assert.Equal("CodeUri Twice has been built more than once: Twice/bin/Debug/net10.0, Twice/bin/Debug/net8.0. "
            + "Remove all but the one to run", await ErrorAsync("Twice"));
        Assert.Equal("CodeUri none: there is no such folder", await ErrorAsync("none"));
        Assert.Equal("CodeUri Empty: the folder is empty", await ErrorAsync("Empty"));
        Assert.Equal("CodeUri file.zip: there is no such folder", await ErrorAsync("file.zip"));
    }

    private async Task<IEnumerable<string>> FilesAsync(string uri) =>
        (await new CodeSource(root.FullName, "Debug").ResolveAsync(uri, default)).ReadFiles()
            .Select(file => file.Path).Order(StringComparer.Ordinal);

    private async Task<string> ErrorAsync(string uri) => (await Assert.ThrowsAsync<CodeMissingException>(
        async () => await new CodeSource(root.FullName, "Debug").ResolveAsync(uri, default))).Message;

    private void Write(params string[] files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(root.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
    }
}
