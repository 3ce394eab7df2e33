namespace Isobar.Stories.Claims;

/// <summary>A stack of functions that find things in layers, and of the same without.</summary>
public sealed class LayerFixture : ProbeFixture
{
    private static readonly byte[] Content = new byte[8 << 20];

    private const string Reads = "PROBE_INIT: read, CONTENT: ";

    /// <summary>What the function Notify of the application must have, beside its libraries.</summary>
    private const string Application = "ANNOTATIONS_HANDLER: Handle, POWERTOOLS_SERVICE_NAME: notify, "
        + "JOBS_TABLE: none, RECORD_RETENTION_DAYS: '1', DOTNET_SHARED_STORE: /opt/dotnetcore/store/";

    private protected override string Resources =>
        Layer("KitLayer", "layers/kit") + Layer("BootLayer", "layers/boot") + Layer("ContentLayer", "layers/content")
        + Layer("SharedLayer", "layers/shared")
        + Function("Kit", "Layers: [!Ref KitLayer]", "TABLE: /opt/data/table.csv, SETTINGS: /opt/config/settings.json")
        + Function("Booted", "Layers: [!Ref BootLayer]").Replace("dotnet10", "provided.al2023")
        + Function("Layered", "Layers: [!Ref ContentLayer]", Reads + "/opt/content")
        + Function("Packed", "", Reads + "/var/task/content").Replace("functions/Probe", "functions/Packed")
        + Notify("Library", "Layers: [!Ref SharedLayer]") + Notify("Lacking", "");

    private protected override ProbeCheckout CheckOut() => new ProbeCheckout()
        .WithScript("kit", "bin/greet", "#!/bin/sh\necho a program of the layer")
        .WithFile("kit", "data/table.csv", "a row of the layer")
        .WithFile("kit", "config/settings.json", "a setting of the layer")
        .WithScript("boot", "bootstrap", "#!/bin/sh\nexec dotnet \"$LAMBDA_TASK_ROOT/Probe.dll\"")
        .WithContent("content", "content", Content).WithFunction("Packed", "content", Content)
        .WithBuilt("shared").WithBuiltFunction("Notify");

    private static string Notify(string id, string properties) => Function(id, properties, Application)
        .Replace("functions/Probe, Handler: Probe", "functions/Notify, Handler: Notify");
}
