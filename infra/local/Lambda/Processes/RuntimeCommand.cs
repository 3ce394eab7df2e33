namespace Isobar.Local.Lambda.Processes;

/// <summary>What AWS's bootstrap would run for a handler.</summary>
/// <param name="Arguments">Empty when the file is run directly.</param>
internal sealed record RuntimeCommand(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>Applies the start rule of the managed .NET runtimes to a handler that names an executable.</summary>
    /// <param name="dotnet">The .NET host, absolute.</param>
    /// <param name="failure">The exit status with which AWS's bootstrap gives up: 102, 103 or 104.</param>
    /// <returns>Null when the bootstrap would give up.</returns>
    /// <remarks>
    /// Source: aws-lambda-dotnet, <c>LambdaRuntimeDockerfiles/Images/net*/bootstrap.sh</c>: <c>dotnet exec X.dll</c>,
    /// or the binary X when there is no X.dll. Class-library handlers need AWS's own bootstrap assembly and are
    /// refused when the function is deployed.
    /// </remarks>
    public static RuntimeCommand? For(string taskRoot, string handler, string dotnet, out int failure)
    {
        failure = 0;
        if (!Directory.Exists(taskRoot) || !Directory.EnumerateFileSystemEntries(taskRoot).Any()) failure = 102;
        else if (handler.Length == 0) failure = 103;
        if (failure != 0) return null;

        var isAssembly = handler.EndsWith(".dll", StringComparison.Ordinal);
        var assembly = Path.Combine(taskRoot, isAssembly ? handler : handler + ".dll");
        if (System.IO.File.Exists(assembly)) return new RuntimeCommand(dotnet, ["exec", assembly]);
        var binary = Path.Combine(taskRoot, handler);
        if (System.IO.File.Exists(binary)) return new RuntimeCommand(binary, []);
        failure = 104;
        return null;
    }
}
