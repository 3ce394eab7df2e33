using System.Runtime.CompilerServices;

namespace Isobar.Functions.Tests;

/// <summary>
/// Log lines and metrics go straight to standard output, tens of thousands in the simulation: off, before the first.
/// </summary>
internal static class QuietPowertools
{
    [ModuleInitializer]
    internal static void Quiet()
    {
        Environment.SetEnvironmentVariable("AWS_LAMBDA_LOG_LEVEL", "FATAL");
        Environment.SetEnvironmentVariable("POWERTOOLS_METRICS_DISABLED", "true");
    }
}
