using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Tests.Lambda;

/// <summary>Lambda's public runtime clients, where this machine has them.</summary>
internal static class RuntimeClients
{
    /// <summary>Names a folder with <c>node_modules/aws-lambda-ric</c> and <c>python/awslambdaric</c>.</summary>
    private const string FolderVariable = "ISOBAR_RUNTIME_CLIENTS";

    // Where System.Tests install the one for Node.js: artifacts/runtime-clients.
    private static readonly string Installed = Path.Combine(
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.FullName, "runtime-clients");

    /// <summary>Node.js and Python of the PATH, with the clients of that folder or of their global packages.</summary>
    public static LanguageRuntimes Languages { get; } =
        Program.FindLanguages(Environment.GetEnvironmentVariable(FolderVariable) ?? Installed);

    /// <summary>Skips a test of a runtime whose interpreter or client is missing, with what to install.</summary>
    public static void Require(string runtime)
    {
        if (Languages.WhyNot(runtime) is { } reason)
            Assert.Skip($"The runtime {runtime} {reason}. The tests look in the folder of {FolderVariable}, too.");
    }
}
