using Isobar.Local.Tests;

namespace Isobar.Stories.Clients;

/// <summary>
/// Lambda's public runtime client for Node.js (aws-lambda-ric), for hosts that run functions in JavaScript. It is in
/// the folder that <c>ISOBAR_RUNTIME_CLIENTS</c> names, or npm installs it into <c>artifacts/runtime-clients</c>, which
/// compiles a native part, once.
/// </summary>
internal static class NodeRuntimeClient
{
    private const string Package = "aws-lambda-ric";

    private static readonly TimeSpan InstallBound = TimeSpan.FromMinutes(8);

    // What the package's installation calls, beside Node.js and npm.
    private static readonly string[] Compiling = ["cmake", "make", "g++", "python3"];

    private static readonly string Installed = Repository.In("artifacts", "runtime-clients");

    private static readonly NpmPackages Packages = new(Installed, InstallBound, Headers());

    /// <summary>As the host's option --runtime-clients takes it.</summary>
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("ISOBAR_RUNTIME_CLIENTS") is { Length: > 0 } folder
            ? folder
            : Installed;

    /// <summary>Installs the client if need be; skips the story, with the reason, where that can't be done.</summary>
    public static async Task RequireAsync()
    {
        if (Folder != Installed)
        {
            if (!Directory.Exists(Path.Combine(Folder, "node_modules", Package)))
                Assert.Skip($"{Folder} has no node_modules/{Package}.");
            return;
        }

        if (Compiling.Where(program => Find(program) is null).ToArray() is { Length: > 0 } missing)
            Assert.Skip($"{Package} is compiled by {string.Join(", ", missing)}, which this machine lacks.");
        Directory.CreateDirectory(Installed);
        foreach (var file in new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "Clients", "runtime-client"))
            .EnumerateFiles()) file.CopyTo(Path.Combine(Installed, file.Name), overwrite: true);
        if (await Packages.WhyNotAsync() is { } reason) Assert.Skip(reason);
    }

    // node-gyp downloads Node's headers unless it is told where they are; many machines have them beside Node.js.
    private static string[] Headers()
    {
        if (Find("node") is not { } node) return [];
        var program = new FileInfo(node).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? node;
        var installation = Path.GetDirectoryName(Path.GetDirectoryName(program)!)!;
        return File.Exists(Path.Combine(installation, "include", "node", "node_version.h"))
            ? [$"--nodedir={installation}"]
            : [];
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
