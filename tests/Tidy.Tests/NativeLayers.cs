using System.Runtime.InteropServices;
using System.Text;

namespace Isobar.Tidy.Tests;

/// <summary>How the layers of the extensions were compiled.</summary>
public sealed class NativeLayers
{
    // What NuGet says where a registry has no native compiler.
    private static readonly string[] SignsOfNoCompiler = ["NU1101", "NU1102", "NU1301"];

    [Fact]
    public void The_telemetry_layer_is_native_where_the_compiler_and_a_linker_can_be_had()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64,
            "Layers are compiled natively on Linux with x64 only.");
        Assert.SkipUnless(
            IsOnPath("clang") || IsOnPath("gcc"), "There is neither clang nor gcc on this machine, so nothing links.");
        Assert.SkipUnless(File.Exists("/usr/include/zlib.h"), "zlib's files for linking are not on this machine.");
        var log = Path.Combine(Repository.Root, "artifacts", "obj", "telemetry.native", "native.log");
        var said = File.Exists(log) ? File.ReadAllText(log) : "";
        Assert.SkipWhen(SignsOfNoCompiler.Any(said.Contains), "The registry has no native compiler.");

        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var folder = Path.Combine(Repository.Root, "artifacts", "layers", "telemetry", configuration, "telemetry");
        Assert.True(Directory.GetFiles(folder).Length == 1, said);
        using var executable = File.OpenRead(Path.Combine(folder, "telemetry"));
        var start = new byte[4];
        executable.ReadExactly(start);
        Assert.Equal("\u007FELF", Encoding.ASCII.GetString(start));
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
