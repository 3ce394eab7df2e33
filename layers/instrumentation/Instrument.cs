using System.Diagnostics;
using Isobar.Instrumentation.Calls;
using Isobar.Instrumentation.Lambda;
using Isobar.Instrumentation.Writing;

namespace Isobar.Instrumentation;

/// <summary>The instruments of one process: what <see cref="StartupHook"/> starts.</summary>
internal static class Instrument
{
    private const string Hooks = "DOTNET_STARTUP_HOOKS";

    // It formats a few lines; the default of 1.5 MB would be touched in part only, but is counted by some limits.
    private const int StackBytes = 256 * 1024;

    /// <summary>
    /// Watches the process's HTTP calls from now on, and registers the internal extension in the background. It returns
    /// at once; nothing of it waits for Lambda.
    /// </summary>
    public static void Start()
    {
        LeaveNoTrace();
        // Not in an execution environment: somebody runs the function's executable by hand.
        if (Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") is not { Length: > 0 } api) return;
        var clock = TimeProvider.System;
        var calls = new CallLog(clock);
        var runtime = new RuntimeWatch();
        var extension = new InternalExtension(
            new ExtensionsApi(api), runtime, clock,
            new InvocationReport(
                Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME") ?? "", calls, clock,
                StandardStreams.Write));
        new Thread(extension.Run, StackBytes) { IsBackground = true, Name = "instrumentation" }.Start();
        DiagnosticListener.AllListeners.Subscribe(new HttpListeners(new HttpEvents(api, calls, runtime)));
    }

    /// <summary>Takes this assembly out of the variable, so that programs which the function starts do not load it.
    /// </summary>
    private static void LeaveNoTrace()
    {
        var own = typeof(Instrument).Assembly.Location;
        string? others = null;
        foreach (var hook in (Environment.GetEnvironmentVariable(Hooks) ?? "").Split(Path.PathSeparator))
            if (hook.Length > 0 && hook != own) others = others is null ? hook : others + Path.PathSeparator + hook;
        Environment.SetEnvironmentVariable(Hooks, others);
    }
}
