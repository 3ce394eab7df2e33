using System.Security.Cryptography;
using System.Text;
using Isobar.Local.Tests.Lambda.Code;

namespace Isobar.Stories.Clients;

/// <summary>
/// A function that is not of the stack, as people bring theirs: two packages of code, of which the first answers
/// <c>{"do":"read","path":"/var/task/word.txt"}</c> with <c>first</c> and the other with <c>second</c>; both answer
/// <c>{"do":"environment"}</c> with their environment variables.
/// </summary>
internal sealed class BroughtFunction : IDisposable
{
    public const string Read = """{"do":"read","path":"/var/task/word.txt"}""";

    public const string Describe = """{"do":"environment"}""";

    private readonly string folder = Directory.CreateTempSubdirectory("isobar-brought-").FullName;

    private BroughtFunction(string name, string runtime, string handler, Func<string, byte[]> zip)
    {
        (Name, Runtime, Handler) = (name, runtime, handler);
        First = Write("first.zip", zip("first"));
        Second = Write("second.zip", zip("second"));
        SecondSha256 = Convert.ToBase64String(SHA256.HashData(File.ReadAllBytes(Second)));
        ReadFile = Write("read.json", Encoding.UTF8.GetBytes(Read));
        DescribeFile = Write("describe.json", Encoding.UTF8.GetBytes(Describe));
    }

    public string Name { get; }

    public string Runtime { get; }

    public string Handler { get; }

    /// <summary>Paths of the zip files.</summary>
    public string First { get; }

    public string Second { get; }

    /// <summary>As Lambda shows it: in Base64.</summary>
    public string SecondSha256 { get; }

    /// <summary>Paths of the two events.</summary>
    public string ReadFile { get; }

    public string DescribeFile { get; }

    /// <summary>Where a client may write answers.</summary>
    public string AnswerFile => Path.Combine(folder, "answer.json");

    /// <summary>The Probe: an executable of .NET that has no package.</summary>
    public static BroughtFunction InDotnet(string name)
    {
        var built = new DirectoryInfo(
            Repository.In("artifacts", "bin", "Probe", Repository.Configuration.ToLowerInvariant()));
        return new BroughtFunction(name, "dotnet10", "Probe", word => ZipBytes.Make(
        [
            .. built.EnumerateFiles().Select(file => (file.Name, File.ReadAllBytes(file.FullName), Executable)),
            ("word.txt", Encoding.UTF8.GetBytes(word), Readable),
        ]));
    }

    /// <summary>A handler as AWS's first example for Node.js has it.</summary>
    public static BroughtFunction InJavaScript(string name) => new(name, "nodejs22.x", "index.handler", word =>
        ZipBytes.Of(("word.txt", word), ("index.js", """
            const { readFile } = require("node:fs/promises");
            exports.handler = async (event) => {
              console.log("event", event);
              return event.do === "read" ? readFile(event.path, "utf8") : process.env;
            };
            """)));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private const int Readable = 0b1_000_000_110_100_100;
    private const int Executable = 0b1_000_000_111_101_101;

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
