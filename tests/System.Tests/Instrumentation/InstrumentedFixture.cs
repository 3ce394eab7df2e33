using Isobar.Stories.Claims;

namespace Isobar.Stories.Instrumentation;

/// <summary>One function with the instrumentation layer in many ways, and with other internal extensions.</summary>
public sealed class InstrumentedFixture : ProbeFixture
{
    /// <summary>What each of three takes of 512 MB: two fit, with all that .NET takes beside.</summary>
    internal const int ThirdMb = 170;

    /// <summary>The one line that a function needs.</summary>
    private const string Wrapped = "AWS_LAMBDA_EXEC_WRAPPER: /opt/instrumentation/wrapper";

    private const string Hooked = "DOTNET_STARTUP_HOOKS: /var/task/Probe.dll";

    // The Probe's runtime client is ready in some milliseconds, and no HttpClient, whose first call would wait.
    private const string Settled = Wrapped + ", PROBE_INIT: 'sleep:300'";

    private const string WithLayer = "Layers: [!Ref InstrumentationLayer]";

    private protected override string Resources =>
        Layer("InstrumentationLayer", "layers/instrumentation") + Layer("BareWrapperLayer", "layers/bare-wrapper")
        + Layer("TakingLayer", "layers/taking") + Layer("SharingLayer", "layers/sharing")
        + Function("Without")
        + Function("With", WithLayer, Settled)
        + Function("Larger", WithLayer, Settled).Replace("Size: 512", "Size: 1024", StringComparison.Ordinal)
        + Function("WithoutTheLayer", "", Wrapped)
        + Function("WithoutTheHook", "Layers: [!Ref BareWrapperLayer]", Wrapped)
        + Function("HookMissing", "", "DOTNET_STARTUP_HOOKS: /opt/missing.dll")
        + Function("HookThrows", "", Hooked + ", PROBE_HOOK: throw")
        + Function("HookIsSlow", "Timeout: 3", Hooked + ", PROBE_HOOK: 'sleep:60000'")
            .Replace("Timeout: 60,", "", StringComparison.Ordinal)
        + Function("Three", "Layers: [!Ref TakingLayer]", $"{Hooked}, PROBE_HOOK: 'allocate:{ThirdMb}'")
        + Function("OfThree", "Layers: [!Ref TakingLayer]")
        + Function("TwoOfThree", "", $"{Hooked}, PROBE_HOOK: 'allocate:{ThirdMb}'")
        + Function("Sharing", "Layers: [!Ref SharingLayer]", Hooked + ", PROBE_HOOK: share, SHARED: all");

    private protected override ProbeCheckout CheckOut() => new ProbeCheckout().WithBuilt("instrumentation")
        .WithScript("bare-wrapper", "instrumentation/wrapper", File.ReadAllText(
            Repository.In("layers", "instrumentation", "wrapper")))
        .WithExtension("taking", "taking", "INVOKE", $"allocate:{ThirdMb}")
        .WithExtension("sharing", "sharing", "INVOKE", "share");
}
