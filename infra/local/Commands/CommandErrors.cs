using System.Net.Sockets;
using Isobar.Local.Deployment;
using Isobar.Local.Lambda.Processes;
using Microsoft.AspNetCore.Connections;

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
        AddressInUseException => 
            "The port is taken by another process. Stop it, or choose another with --port (or --edge-port).",
        HttpRequestException { InnerException: SocketException } => "No host answers there. Is one up? See --help.",
        OperationCanceledException => "Stopped.",
        _ => null,
    };
}
