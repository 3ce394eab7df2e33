namespace Isobar.Stories.Claims;

/// <summary>A stack of functions with layers, most of which bring external extensions.</summary>
public sealed class ExtensionFixture : ProbeFixture
{
    /// <summary>What the extension of the function Slow does after it was let through the gate.</summary>
    internal const int LingerMs = 300;

    /// <summary>How long the extension of the function Late takes before it registers.</summary>
    internal const int DelayMs = 600;

    /// <summary>An extension of a few lines in another language than the function.</summary>
    private const string Bash = """
        #!/bin/bash
        # Method, path, header lines, body; the answer on the standard output.
        call() {
            exec 3<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API/://}"
            printf '%s %s HTTP/1.1\r\nHost: lambda\r\nConnection: close\r\n' "$1" "/2020-01-01/extension/$2" >&3
            printf '%sContent-Length: %d\r\n\r\n%s' "$3" "${#4}" "$4" >&3
            cat <&3
        }
        name="${0##*/}"
        answer="$(call POST register "Lambda-Extension-Name: $name"$'\r\n' '{"events":["INVOKE","SHUTDOWN"]}')"
        id="$(grep -i '^lambda-extension-identifier:' <<<"$answer" | tr -d '\r')"
        while event="$(call GET event/next "$id"$'\r\n' '')"; do
            echo "$name of bash $BASH_VERSION heard ${event##*$'\n'}"
            [[ $event == *SHUTDOWN* ]] && exit 0
        done
        """;

    /// <summary>Three quarters of the memory that the function has, which no fixed variable can say.</summary>
    private const string HeapWrapper = """
        #!/bin/sh
        export DOTNET_GCHeapHardLimit=$(printf '%x' $((AWS_LAMBDA_FUNCTION_MEMORY_SIZE * 1048576 / 4 * 3)))
        exec "$@"
        """;

    private const string ProxyWrapper = """
        #!/bin/sh
        export AWS_LAMBDA_RUNTIME_API="$(cat "${TMPDIR:-/tmp}/proxy")"
        exec "$@"
        """;

    private const string Wrapped = "AWS_LAMBDA_EXEC_WRAPPER: /opt/wrap";

    /// <summary>Skips a story with the extension in bash where there is none.</summary>
    internal static void NeedBash() =>
        Assert.SkipUnless(File.Exists("/bin/bash"), "/bin/bash is not on this machine.");

    private protected override string Resources =>
        "  Telemetry: {Type: AWS::S3::Bucket}\n"
        + Layer("OuterLayer", "layers/outer") + Layer("HeavyLayer", "layers/heavy") + Layer("SlowLayer", "layers/slow")
        + Layer("LateLayer", "layers/late") + Layer("ManyLayer", "layers/many") + Layer("PlainLayer", "layers/plain")
        + Layer("WrapLayer", "layers/wrap") + Layer("ProxyLayer", "layers/proxy") + Layer("BashLayer", "layers/bash")
        + Layer("EarsLayer", "layers/ears") + Layer("SecretLayer", "layers/secret")
        + Layer("TelemetryLayer", "extensions/telemetry")
        + Function("Bare")
        + Function("Outer", "Layers: [!Ref OuterLayer]", "PROBE_INIT: 'register:1', SHARED: with both kinds")
        + Function("Heavy", "Layers: [!Ref HeavyLayer]")
        + Function("Slow", "Layers: [!Ref SlowLayer]")
        + Function("Late", "Layers: [!Ref LateLayer]")
        + Function("Many", "Layers: [!Ref ManyLayer]")
        + Function("Plain", "Layers: [!Ref PlainLayer]")
        + Function("Wrapped", "Layers: [!Ref WrapLayer]", Wrapped)
        + Function("WrappedLarger", "Layers: [!Ref WrapLayer]", Wrapped).Replace("MemorySize: 512", "MemorySize: 768")
        + Function("Proxied", "Layers: [!Ref ProxyLayer]", Wrapped)
        + Function("Bash", "Layers: [!Ref BashLayer]")
        + Function("Heard", "Layers: [!Ref EarsLayer]")
        + "  Password: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: sesame}}\n"
        + Function("Secret", "Layers: [!Ref SecretLayer]", "PARAMETER: !Ref Password")
        + Function("Shipped", "Layers: [!Ref TelemetryLayer]", "TELEMETRY_BUCKET: !Ref Telemetry");

    private protected override ProbeCheckout CheckOut() => new ProbeCheckout().WithBuilt("telemetry")
        .WithExtension("outer", "outer", "INVOKE,SHUTDOWN", "process", "share")
        .WithExtension("heavy", "heavy", "INVOKE", "allocate:300", "wait")
        .WithExtension("slow", "slow", "INVOKE", "wait", $"linger:{LingerMs}")
        .WithExtension("late", "late", "INVOKE", $"delay:{DelayMs}")
        .WithScript("many", "extensions/one", Bash).WithScript("many", "extensions/two", Bash)
        .WithScript("many", "extensions/three", Bash).WithScript("many", "extensions/folder/four", Bash)
        .WithFile("plain", "data/extensions", "no program").WithScript("plain", "bin/one", Bash)
        .WithScript("wrap", "wrap", HeapWrapper)
        .WithExtension("proxy", "proxy", "INVOKE", "proxy").WithScript("proxy", "wrap", ProxyWrapper)
        .WithScript("bash", "extensions/written-in-bash", Bash)
        .WithExtension("secret", "cache", "INVOKE", "parameter")
        .WithExtension("ears", "newer", "INVOKE", "subscribe")
        .WithExtension("ears", "older", "INVOKE", "subscribe-logs");
}

/// <summary>The stack of functions with extensions.</summary>
[CollectionDefinition(Name)]
public sealed class StackWithExtensions : ICollectionFixture<ExtensionFixture>
{
    public const string Name = "functions with extensions";
}
