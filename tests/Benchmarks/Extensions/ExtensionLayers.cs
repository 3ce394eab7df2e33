using Isobar.Benchmarks.ColdStarts;

namespace Isobar.Benchmarks.Extensions;

/// <summary>
/// Lays out a folder that a stack is deployed from: the function, and a layer for each subject. Whatever a layer starts
/// joins the processor's share of the function first.
/// </summary>
internal sealed class ExtensionLayers : IDisposable
{
    /// <summary>Where the function's code is, relative to the root.</summary>
    public const string Function = "function";

    /// <summary>The file of a control group that a process writes its id to; the processes read it.</summary>
    public const string ShareVariable = "BENCHMARK_SHARE";

    /// <summary>A wrapper that is started behind the one that joins the share.</summary>
    public const string WrapperVariable = "BENCHMARK_WRAPPER";

    public const string Join = "/opt/share/join";

    // Both are sh, which takes about a millisecond; every subject pays for its own.
    private const string JoinScript = """
        #!/bin/sh
        [ -z "$BENCHMARK_SHARE" ] || echo $$ > "$BENCHMARK_SHARE"
        exec $BENCHMARK_WRAPPER "$@"

        """;

    private const string StartScript = """
        #!/bin/sh
        [ -z "$BENCHMARK_SHARE" ] || echo $$ > "$BENCHMARK_SHARE"
        exec "${0%/*}/../launch/${0##*/}" "$@"

        """;

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("isobar-extensions-");

    public string Root => root.FullName;

    /// <summary>Makes everything, which takes minutes at first.</summary>
    public async Task<IReadOnlyList<ExtensionSubject>> MakeAsync(
        Packages packages, Action<string> progress, CancellationToken cancellationToken)
    {
        Copy(Checkout.Output("Probe"), Path.Combine(Root, Function));
        var subjects = new List<ExtensionSubject> { Subject("none") };
        var isNative = Packages.NoNativeCode is null;
        progress("the empty extension");
        var jit = await packages.PublishForJitAsync(
            "tests/EmptyExtension/EmptyExtension.csproj", "empty", cancellationToken);
        subjects.Add(Empty("empty, C#, JIT", jit, "exec dotnet \"$home/EmptyExtension.dll\""));
        if (isNative)
        {
            var native = await packages.PublishAsync(
                "tests/EmptyExtension/EmptyExtension.csproj", "empty-native", ["-p:PublishAot=true"],
                cancellationToken);
            subjects.Add(Empty("empty, C#, native", native, "exec \"$home/EmptyExtension\""));
        }

        if (Isobar.Local.Program.FindNode() is { } node)
            subjects.Add(Empty(
                "empty, Node.js", Checkout.In("tests", "EmptyExtension"), $"exec '{node}' \"$home/empty.mjs\""));
        progress("telemetry and parameters");
        subjects.Add(Subject("telemetry, JIT", await LayerAsync(packages, "telemetry", false, cancellationToken)));
        if (!isNative) return subjects;
        var telemetry = await LayerAsync(packages, "telemetry", true, cancellationToken);
        subjects.Add(Subject("telemetry, native", telemetry) with { MostInit = 15 });
        var parameters = await LayerAsync(packages, "parameters", true, cancellationToken);
        subjects.Add(Subject("parameters, native", parameters));
        subjects.AddRange(await InstrumentedAsync(packages, telemetry, parameters, cancellationToken));
        return subjects;
    }

    public void Dispose() => root.Delete(recursive: true);

    /// <summary>Instrumentation, where this checkout has it, and then all of them together.</summary>
    private async Task<IReadOnlyList<ExtensionSubject>> InstrumentedAsync(
        Packages packages, string telemetry, string parameters, CancellationToken cancellationToken)
    {
        const string part = "layers/instrumentation", wrapper = "/opt/instrumentation/wrapper";
        if (!Directory.Exists(Checkout.In(part))) return [Subject("all", telemetry, parameters)];
        var layer = await packages.MakeAsync(part, "InstrumentationLayer", cancellationToken);
        return
        [
            Subject("instrumentation", layer) with { Wrapper = wrapper, MostInit = 25 },
            Subject("all", telemetry, parameters, layer) with { Wrapper = wrapper },
        ];
    }

    private static Task<string> LayerAsync(
        Packages packages, string name, bool native, CancellationToken cancellationToken) =>
        packages.PublishLayerAsync(
            $"extensions/{name}/{name}.csproj", native ? $"{name}-native" : $"{name}-jit",
            [$"-p:NativePossible={(native ? "true" : "false")}"], cancellationToken);

    private ExtensionSubject Empty(string name, string package, string start)
    {
        var subject = Subject(name);
        var folder = Path.Combine(Root, subject.Layer);
        Copy(package, Path.Combine(folder, "empty"));
        Write(Path.Combine(folder, "launch", "empty"), $"#!/bin/sh\nhome=\"${{0%/*}}/../empty\"\n{start} empty\n");
        Write(Path.Combine(folder, "extensions", "empty"), StartScript);
        return subject;
    }

    /// <param name="contents">Layers as they are deployed; later files do not replace earlier ones.</param>
    private ExtensionSubject Subject(string name, params string[] contents)
    {
        var subject = new ExtensionSubject(name, Path.Combine("layers", string.Concat(name.Where(char.IsAsciiLetter))));
        var folder = Path.Combine(Root, subject.Layer);
        Write(Path.Combine(folder, "share", "join"), JoinScript);
        foreach (var content in contents)
        {
            Copy(content, folder);
            if (!Directory.Exists(Path.Combine(folder, "extensions"))) continue;
            foreach (var file in Directory.GetFiles(Path.Combine(folder, "extensions")))
            {
                var launch = Directory.CreateDirectory(Path.Combine(folder, "launch")).FullName;
                if (File.Exists(Path.Combine(launch, Path.GetFileName(file)))) continue;
                File.Move(file, Path.Combine(launch, Path.GetFileName(file)));
                Write(file, StartScript);
            }
        }

        return subject;
    }

    private static void Write(string path, string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, script);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in new DirectoryInfo(from).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (!File.Exists(target)) file.CopyTo(target);
        }
    }
}
