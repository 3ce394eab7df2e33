using Isobar.Stories.HostLife;

namespace Isobar.Stories.Updates;

/// <summary>A function without packages in a folder of its own: it answers with a word.</summary>
internal sealed class WatchedProject : IDisposable
{
    private const string Template = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Hello:
            Type: AWS::Serverless::Function
            Properties:
              {CodeUri: src/Hello, Handler: Hello, Runtime: dotnet10, MemorySize: 512, AutoPublishAlias: live}

        """;

    // The Runtime API by hand, so that nothing has to be restored.
    private const string Source = """
        var host = Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API");
        var api = $"http://{host}/2018-06-01/runtime/invocation/";
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.Timeout = Timeout.InfiniteTimeSpan;
        while (true)
        {
            using var next = await http.GetAsync(api + "next");
            var id = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
            using var sent = await http.PostAsync($"{api}{id}/response", new StringContent("\"WORD\""));
        }

        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-watched-");

    public WatchedProject(string word)
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "src", "Hello"));
        Write("src/Hello/Hello.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>
            """);
        Save(word);
        SaveTemplate("");
    }

    public HostProcess Up() => HostProcess.Start(
        new HostSurroundings
        {
            // Nothing of the builds stays behind.
            Variables = new Dictionary<string, string>
            {
                ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false",
            },
        },
        "up", "--watch", "--port", "0", "--template", Path.Combine(folder.FullName, "template.yaml"));

    /// <summary>Saves a source that answers with another word.</summary>
    public void Save(string word) => SaveSource(Source.Replace("WORD", word, StringComparison.Ordinal));

    public void SaveSource(string source) => Write("src/Hello/Program.cs", source);

    /// <param name="resources">Beside the function.</param>
    public void SaveTemplate(string resources) => Write("template.yaml", Template + resources);

    public void Dispose() => folder.Delete(recursive: true);

    private void Write(string path, string text) => File.WriteAllText(Path.Combine(folder.FullName, path), text);
}
