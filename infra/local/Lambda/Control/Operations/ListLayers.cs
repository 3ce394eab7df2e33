using System.Globalization;
using System.Text.Json;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Lists the layers, with the newest version of each, and the versions of one layer; 50 a page.</summary>
/// <remarks>Source: AWS Lambda API Reference, ListLayers and ListLayerVersions.</remarks>
internal sealed class ListLayers(Monitor<LayerRegistry> layers)
{
    public ValueTask HandleAsync(RestRequest request) => JsonBody.WritePageAsync(
        request, "Layers", layers.Ask((registry, _) => registry.Newest()).Where(layer => IsWanted(request, layer)),
        layer => layer.Name, LambdaLimits.MaxLayersOnPage, (json, layer) =>
        {
            json.WriteStartObject();
            json.WriteString("LayerName", layer.Name);
            json.WriteString("LayerArn", layer.LayerArn);
            json.WriteStartObject("LatestMatchingVersion");
            Write(json, layer);
            json.WriteEndObject();
            json.WriteEndObject();
        });

    /// <remarks>A layer that does not exist has no versions: an empty list, as AWS answers.</remarks>
    public ValueTask HandleVersionsAsync(RestRequest request)
    {
        var name = LayerName.Of(request.Label);
        return JsonBody.WritePageAsync(
            request, "LayerVersions",
            layers.Ask((registry, _) => registry.Versions(name)).Where(layer => IsWanted(request, layer)),
            // Newest first: the page's key counts down where the number counts up.
            layer => (int.MaxValue - layer.Version).ToString("D10", CultureInfo.InvariantCulture),
            LambdaLimits.MaxLayersOnPage, (json, layer) =>
            {
                json.WriteStartObject();
                Write(json, layer);
                json.WriteEndObject();
            });
    }

    private static bool IsWanted(RestRequest request, LayerVersion layer) =>
        Arn.TryParse(layer.LayerArn)?.Region == request.Scope.Region
        && (request.Query("CompatibleRuntime") is not { } runtime
            || layer.CompatibleRuntimes?.Contains(runtime) == true)
        && (request.Query("CompatibleArchitecture") is not { } architecture
            || layer.CompatibleArchitectures?.Contains(architecture) == true);

    /// <summary>What lists tell of a version.</summary>
    public static void Write(Utf8JsonWriter json, LayerVersion layer)
    {
        json.WriteString("LayerVersionArn", layer.Arn);
        json.WriteNumber("Version", layer.Version);
        json.WriteString("Description", layer.Description);
        json.WriteString("CreatedDate", layer.CreatedAt.UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture));
        if (layer.CompatibleRuntimes is { } runtimes)
            FunctionView.WriteStrings(json, "CompatibleRuntimes", [.. runtimes]);
        if (layer.CompatibleArchitectures is { } architectures)
            FunctionView.WriteStrings(json, "CompatibleArchitectures", [.. architectures]);
        if (layer.LicenseInfo is { } license) json.WriteString("LicenseInfo", license);
    }
}
