using Isobar.Local.Deployment;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Wire;

namespace Isobar.Local.Commands;

/// <summary>
/// Says what went wrong in words, for failures that the person at the keyboard can do something about.
/// </summary>
internal static class CommandErrors
{
    /// <returns>Null for a failure that is this program's own fault; that one keeps its stack trace.</returns>
    public static string? Explain(Exception e) => e switch
    {
        UsageException usage => usage.Message,
        IsolationUnavailableException isolation => isolation.Message,
        DeploymentException deployment => $"The template can't be deployed here:\n{deployment.Message}",
        PortException port => $"{port.Message} Choose another with --port or --edge-port.",
        OperationCanceledException => "Stopped.",
        _ => null,
    };
}
