using System.Runtime.CompilerServices;
using Isobar.Local;

namespace Isobar;

/// <summary>
/// What the process of a test project is given before its first test: hosts on loopback are reached without a proxy,
/// and temporary files lie in one folder, which goes with the process, or with the next one if this is killed.
/// </summary>
internal static class ProcessOfTests
{
    [ModuleInitializer]
    internal static void SetUp()
    {
        LoopbackBypass.Install();
        var folder = OwnedFolder.Create(Path.GetTempPath(), "isobar-tests-");
        Environment.SetEnvironmentVariable("TMPDIR", folder.FullName);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
    }
}
