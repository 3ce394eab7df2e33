using System.IO.Compression;
using System.Text.Json;
using Isobar.Local.Tests;

namespace Isobar.Functions.Tests.Telemetry;

/// <summary>A request that an OTLP receiver got.</summary>
/// <param name="Kind"><c>v1/logs</c> or <c>v1/traces</c>.</param>
internal sealed record OtlpBody(string Kind, byte[] Bytes)
{
    public static OtlpBody Of(string kind, ReadOnlyMemory<byte> compressed)
    {
        using var gzip = new GZipStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return new OtlpBody(kind, plain.ToArray());
    }
}

/// <summary>
/// OTLP's published schema, which nobody here wrote: the generated code of OpenTelemetry's package for JavaScript,
/// <c>@opentelemetry/otlp-transformer</c>, installed beside the tests on first use.
/// </summary>
internal static class OtlpSchema
{
    private static readonly TimeSpan InstallBound = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ScriptBound = TimeSpan.FromMinutes(2);
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "otlp");
    private static readonly NpmPackages Packages = new(Folder, InstallBound, "--ignore-scripts");

    /// <summary>
    /// Decodes requests; skips the test, with the reason, where Node.js or the package can't be had. Fails if one is
    /// not what the schema's own encoder writes, byte by byte.
    /// </summary>
    public static async Task<IReadOnlyList<JsonElement>> DecodeAsync(IEnumerable<OtlpBody> bodies)
    {
        if (await Packages.WhyNotAsync() is { } reason) Assert.Skip(reason);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(
                bodies.Select(body => new { kind = body.Kind, body = Convert.ToBase64String(body.Bytes) })));
            var (exitCode, output, error) = await NpmPackages.RunAsync(
                Folder, "node", ["--max-old-space-size=4096", "decode.mjs", file], ScriptBound);
            Assert.True(exitCode == 0, error);
            using var document = JsonDocument.Parse(output, new JsonDocumentOptions { MaxDepth = 512 });
            var decoded = document.RootElement.Clone().EnumerateArray().ToArray();
            Assert.All(
                decoded, each => Assert.True(each.GetProperty("exact").GetBoolean(), "not in the schema's bytes"));
            return [.. decoded.Select(each => each.GetProperty("message"))];
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The attributes of a record, span or resource by name, each as the one value that it has.</summary>
    public static IReadOnlyDictionary<string, string> Attributes(this JsonElement owner) =>
        owner.GetProperty("attributes").EnumerateArray().ToDictionary(
            attribute => attribute.GetProperty("key").GetString()!,
            attribute => attribute.GetProperty("value").EnumerateObject().Single().Value.ToString());

    /// <summary>Bytes as hexadecimal digits.</summary>
    public static string Hex(this JsonElement owner, string name) =>
        Convert.ToHexStringLower(owner.GetProperty(name).GetBytesFromBase64());

    /// <summary>All log records of decoded requests.</summary>
    public static IEnumerable<JsonElement> LogRecords(this IEnumerable<JsonElement> requests) =>
        requests.SelectMany(request => Items(request, "resourceLogs", "scopeLogs", "logRecords"));

    /// <summary>All spans of decoded requests.</summary>
    public static IEnumerable<JsonElement> Spans(this IEnumerable<JsonElement> requests) =>
        requests.SelectMany(request => Items(request, "resourceSpans", "scopeSpans", "spans"));

    private static IEnumerable<JsonElement> Items(JsonElement request, string resources, string scopes, string items) =>
        request.TryGetProperty(resources, out var all)
            ? all.EnumerateArray().SelectMany(each => each.GetProperty(scopes).EnumerateArray())
                .SelectMany(scope => scope.GetProperty(items).EnumerateArray())
            : [];
}
