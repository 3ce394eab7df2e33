using System.Globalization;

namespace Isobar.Telemetry;

/// <summary>The settings of an OTLP/HTTP endpoint, by OpenTelemetry's own variables.</summary>
/// <param name="Headers">Of every request, such as the receiver's key.</param>
/// <param name="Timeout">Of one request.</param>
/// <param name="Compresses">
/// Whether bodies are compressed. OpenTelemetry's default is that they are not; here it is that they are, because
/// batches wait in a bounded memory.
/// </param>
/// <remarks>
/// Source: OpenTelemetry specification, "OpenTelemetry Protocol Exporter", and "OTLP/HTTP" for the paths.
/// </remarks>
internal sealed record OtlpSettings(
    Uri LogsEndpoint, Uri TracesEndpoint, IReadOnlyList<(string Name, string Value)> Headers, TimeSpan Timeout,
    bool Compresses)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";
    private const int DefaultTimeoutMs = 10_000, MaxTimeoutMs = 60_000;

    /// <param name="problems">Told what is wrong with them.</param>
    /// <returns>Null if there is no endpoint, or none that can be used.</returns>
    public static OtlpSettings? Read(Func<string, string?> variable, Action<string> problems)
    {
        var endpoint = variable(Prefix + "ENDPOINT");
        if (string.IsNullOrEmpty(endpoint)) return null;
        if (variable(Prefix + "PROTOCOL") is { Length: > 0 } protocol and not "http/protobuf")
        {
            problems($"{Prefix}PROTOCOL is {protocol}, and only http/protobuf is spoken: nothing goes to the endpoint");
            return null;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
        {
            problems($"{Prefix}ENDPOINT is not an address of http or https: nothing goes to it");
            return null;
        }

        var root = parsed.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new OtlpSettings(
            new Uri($"{root}/v1/logs"), new Uri($"{root}/v1/traces"),
            ReadHeaders(variable(Prefix + "HEADERS"), problems),
            ReadTimeout(variable(Prefix + "TIMEOUT"), problems), variable(Prefix + "COMPRESSION") is not "none");
    }

    // name=value,name=value with percent-encoded values. Source: "Specifying headers via environment variables".
    private static List<(string, string)> ReadHeaders(string? text, Action<string> problems)
    {
        var headers = new List<(string, string)>();
        foreach (var pair in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            if (equals > 0) headers.Add((pair[..equals].Trim(), Uri.UnescapeDataString(pair[(equals + 1)..].Trim())));
            // Not what it says: it may be a key.
            else problems($"{Prefix}HEADERS should be name=value pairs, separated by commas; one is left out");
        }

        return headers;
    }

    private static TimeSpan ReadTimeout(string? text, Action<string> problems)
    {
        if (string.IsNullOrEmpty(text)) return TimeSpan.FromMilliseconds(DefaultTimeoutMs);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is > 0 and <= MaxTimeoutMs)
            return TimeSpan.FromMilliseconds(milliseconds);
        problems($"{Prefix}TIMEOUT should be milliseconds from 1 to {MaxTimeoutMs}; {DefaultTimeoutMs} is taken");
        return TimeSpan.FromMilliseconds(DefaultTimeoutMs);
    }
}
