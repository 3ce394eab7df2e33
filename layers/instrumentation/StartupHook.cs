using Isobar.Instrumentation;

/// <summary>
/// What .NET calls before <c>Main</c>, in the function's process, when <c>DOTNET_STARTUP_HOOKS</c> names this assembly.
/// </summary>
/// <remarks>
/// Source: github.com/dotnet/runtime, docs/design/features/host-startup-hook.md: the type has this name and no
/// namespace; an exception that leaves it ends the process.
/// </remarks>
internal static class StartupHook
{
    public static void Initialize()
    {
        try
        {
            Instrument.Start();
        }
        catch (Exception failure)
        {
            // The function must not fail for want of its instruments.
            StandardStreams.Complain(failure.Message);
        }
    }
}
