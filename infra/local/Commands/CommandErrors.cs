using Isobar.Local.Deployment;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Wire;

namespace Isobar.Local.Commands;

/// <summary>
/// The error message for failures that the user can correct.
/// </summary>
internal static class CommandErrors
{
    /// <returns>Null for a bug in this program; it is reported with its stack trace.</returns>
    public static string? Explain(Exception e) => e switch
    {
        UsageException usage => usage.Message,
        IsolationUnavailableException isolation => isolation.Message,
        DeploymentException deployment => $"The template can't be deployed here:\n{deployment.Message}",
        PortException port => $"{port.Message} Choose another port with --port or --edge-port.",
        OperationCanceledException => "Stopped.",
        _ => null,
    };
}
