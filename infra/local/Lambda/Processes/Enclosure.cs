using System.Net.Sockets;

namespace Isobar.Local.Lambda.Processes;

/// <summary>Where the processes of one environment run: which folders and addresses they see.</summary>
internal interface IEnclosure : IDisposable
{
    EnclosurePaths Paths { get; }

    /// <summary>Listens where the processes find the Lambda APIs.</summary>
    Socket RuntimeApi { get; }

    /// <summary>
    /// Listens where the processes find the AWS endpoint; null where they reach the host's own listener, or there is no
    /// endpoint.
    /// </summary>
    Socket? Endpoint { get; }

    /// <exception cref="System.ComponentModel.Win32Exception">The system would not start it.</exception>
    Task<ChildProcess> StartAsync(ProcessStart start);

    /// <summary>
    /// A TCP socket, not connected yet, whose <c>127.0.0.1</c> is the processes': for what the host sends to a listener
    /// of theirs. <c>sandbox.localdomain</c> is that address.
    /// </summary>
    Task<Socket> CreateSocketAsync();
}

/// <summary>Paths as the processes see them.</summary>
/// <param name="TaskRoot">The code; <c>/var/task</c> on AWS.</param>
/// <param name="Layers">The layers; <c>/opt</c> on AWS.</param>
/// <param name="Temporary">What <c>TMPDIR</c> must say; null where <c>/tmp</c> is the environment's own.</param>
/// <param name="DotnetRoot">The .NET installation; <c>/var/lang/bin</c> on AWS.</param>
internal sealed record EnclosurePaths(string TaskRoot, string Layers, string? Temporary, string DotnetRoot)
{
    /// <summary>What starts class-library handlers; <c>/var/runtime</c> on AWS.</summary>
    public string Runtime { get; init; } = "/var/runtime";

    /// <summary>A language's interpreter with what it needs; <c>/var/lang</c> on AWS, where .NET is here.</summary>
    public string LanguageRoot { get; init; } = "/var/lang/language";

    /// <summary>Packages of that language: Lambda's runtime client; in <c>/var/runtime</c> on AWS.</summary>
    public string Packages { get; init; } = "/var/runtime/packages";

    /// <summary>AWS's paths are these.</summary>
    public static readonly EnclosurePaths OfAws = new("/var/task", "/opt", null, "/var/lang/bin");

    /// <summary>Rewrites AWS's paths, as they stand in variables (alone or in lists with colons), to these.</summary>
    public string Rewrite(string value)
    {
        if (!value.Contains(OfAws.Layers, StringComparison.Ordinal)
            && !value.Contains(OfAws.TaskRoot, StringComparison.Ordinal)) return value;
        return string.Join(':', value.Split(':').Select(path =>
            Under(path, OfAws.TaskRoot, TaskRoot) ?? Under(path, OfAws.Layers, Layers) ?? path));
    }

    /// <summary>Rewrites one path of an image; where AWS's paths are these, nothing changes.</summary>
    public string RewriteImage(string path) =>
        Under(path, OfAws.DotnetRoot, DotnetRoot) ?? Under(path, OfAws.Runtime, Runtime) ?? Rewrite(path);

    /// <summary>A path below one folder, below another.</summary>
    /// <returns>Null when it is not below the first one, nor that itself.</returns>
    public static string? Under(string path, string root, string replacement) =>
        path == root || path.StartsWith(root + "/", StringComparison.Ordinal)
            ? replacement + path[root.Length..]
            : null;
}

/// <summary>What an environment is made from, on the host's own paths.</summary>
/// <param name="Code">The function's code.</param>
/// <param name="Layers">Null without layers.</param>
/// <param name="Scratch">The environment's own folder; holds its <c>tmp</c>.</param>
internal sealed record EnclosureFolders(string Code, string? Layers, string Scratch)
{
    public string Temporary => Path.Combine(Scratch, "tmp");

    /// <summary>What starts class-library handlers; null where there is none.</summary>
    public string? Runtime { get; init; }

    /// <summary>What starts the function, when its runtime is a language's and all of it is on this machine.</summary>
    public LanguageRuntime? Language { get; init; }
}
