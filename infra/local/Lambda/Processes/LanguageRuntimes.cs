namespace Isobar.Local.Lambda.Processes;

/// <summary>A language's interpreter on this machine, and Lambda's runtime client for it.</summary>
/// <param name="Program">Absolute: the interpreter.</param>
/// <param name="Packages">Absolute: the folder of packages that the client is in.</param>
/// <param name="Client">What the interpreter is given to start the client; a path is relative to the packages.</param>
internal sealed record LanguageRuntime(string Program, string Packages, IReadOnlyList<string> Client)
{
    /// <summary>The folder that holds the interpreter's <c>bin</c>, with all that it needs beside the system.</summary>
    public string Installation => Path.GetDirectoryName(Path.GetDirectoryName(Program)!)!;
}

/// <summary>
/// What this machine has for Lambda's runtimes of languages: the functions run under the interpreter that it has,
/// whatever version the runtime names, and Lambda's public runtime client, which AWS keeps in <c>/var/runtime</c>.
/// </summary>
internal sealed class LanguageRuntimes
{
    private const string NodeClient = "aws-lambda-ric";
    private const string PythonClient = "awslambdaric";

    private readonly string? node;
    private readonly string? python;
    private readonly string? folder;

    /// <param name="node">The Node.js executable; null where there is none.</param>
    /// <param name="python">The Python executable; null where there is none.</param>
    /// <param name="folder">
    /// Where to look for the clients first: <c>node_modules</c> and <c>python</c> in it. Null for the interpreters' own
    /// folders of packages only.
    /// </param>
    public LanguageRuntimes(string? node, string? python, string? folder)
    {
        (this.node, this.python, this.folder) = (Resolved(node), Resolved(python), folder);
    }

    /// <summary>What a PATH has.</summary>
    /// <param name="path">The PATH variable of the host.</param>
    /// <param name="folder">As for the constructor.</param>
    public static LanguageRuntimes OfPath(string? path, string? folder)
    {
        // A shim is a script that chooses an interpreter, and has no packages beside it.
        string[] folders =
        [
            .. (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Where(Path.IsPathFullyQualified)
                .Where(candidate => Path.GetFileName(Path.TrimEndingDirectorySeparator(candidate)) != "shims"),
        ];
        string? Find(string program) =>
            folders.Select(candidate => Path.Combine(candidate, program)).FirstOrDefault(File.Exists);
        return new LanguageRuntimes(Find("node"), Find("python3"), folder);
    }

    public static bool IsLanguage(string runtime) => IsNode(runtime) || IsPython(runtime);

    /// <summary>What a host without any interpreter says.</summary>
    public static string Missing(string runtime) => new LanguageRuntimes(null, null, null).WhyNot(runtime)!;

    /// <summary>What starts functions of a runtime; null where something is missing.</summary>
    /// <remarks>Looked for at each question: whoever installs what is missing need not start the host again.</remarks>
    public LanguageRuntime? Find(string runtime) =>
        IsNode(runtime) ? FindNode() : IsPython(runtime) ? FindPython() : null;

    /// <summary>What is missing for a runtime, as the end of a sentence that names it, and how to install it.</summary>
    /// <returns>Null when nothing is.</returns>
    public string? WhyNot(string runtime)
    {
        if (Find(runtime) is not null) return null;
        if (IsNode(runtime))
            return node is null
                ? "needs Node.js, and there is no node on the PATH"
                : $"needs Lambda's runtime client for Node.js, which is neither in {Looked(NodePackages())}; install "
                    + $"it by: npm install --global {NodeClient}, or into a folder that --runtime-clients names";
        return python is null
            ? "needs Python, and there is no python3 on the PATH"
            : $"needs Lambda's runtime client for Python, which is neither in {Looked(PythonPackages())}; install it "
                + $"by: python3 -m pip install {PythonClient}, or into the folder python of the one that "
                + "--runtime-clients names";
    }

    public static bool IsNode(string runtime) => runtime.StartsWith("nodejs", StringComparison.Ordinal);

    public static bool IsPython(string runtime) => runtime.StartsWith("python3.", StringComparison.Ordinal);

    private LanguageRuntime? FindNode()
    {
        if (node is null) return null;
        foreach (var packages in NodePackages())
            // Version 3 has its start file in bin, version 4 does not.
            foreach (var start in (string[])["index.mjs", "bin/index.mjs"])
                if (File.Exists(Path.Combine(packages, NodeClient, start)))
                    return new LanguageRuntime(node, packages, [Path.Combine(NodeClient, start)]);
        return null;
    }

    private LanguageRuntime? FindPython()
    {
        if (python is null) return null;
        foreach (var packages in PythonPackages())
            if (File.Exists(Path.Combine(packages, PythonClient, "__main__.py")))
                return new LanguageRuntime(python, packages, ["-m", PythonClient]);
        return null;
    }

    private IEnumerable<string> NodePackages()
    {
        if (folder is not null) yield return Path.Combine(folder, "node_modules");
        // Where npm install --global puts packages.
        yield return Path.Combine(Installation(node!), "lib", "node_modules");
    }

    private IEnumerable<string> PythonPackages()
    {
        if (folder is not null) yield return Path.Combine(folder, "python");
        var library = Path.Combine(Installation(python!), "lib");
        if (!Directory.Exists(library)) yield break;
        foreach (var version in Directory.EnumerateDirectories(library, "python3*").Order(StringComparer.Ordinal))
            foreach (var packages in (string[])["site-packages", "dist-packages"])
                if (Directory.Exists(Path.Combine(version, packages))) yield return Path.Combine(version, packages);
    }

    private static string Looked(IEnumerable<string> folders) =>
        string.Join(" nor in ", folders.DefaultIfEmpty("none"));

    private static string Installation(string program) => Path.GetDirectoryName(Path.GetDirectoryName(program)!)!;

    // Through links: the packages are beside the file that is run.
    private static string? Resolved(string? program) => program is null
        ? null
        : new FileInfo(program).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? program;
}
