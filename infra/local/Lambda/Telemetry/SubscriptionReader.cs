using System.Text.Json;

namespace Isobar.Local.Lambda.Telemetry;

/// <summary>Reads and checks the body of a subscription.</summary>
/// <remarks>
/// Source: Lambda developer guide, "Telemetry API reference" and "Logs API" (its example of an answer joins all that
/// is wrong by semicolons); the ranges are those of the runtime interface emulator's JSON schema.
/// </remarks>
internal sealed class SubscriptionReader(TelemetryApiKind api)
{
    private static readonly string[] Hosts = ["sandbox.localdomain", "sandbox", "localhost"];
    private readonly List<string> problems = [];

    /// <param name="wrong">What is wrong with it, for the caller; empty when it is valid.</param>
    public static Subscription? Read(TelemetryApiKind api, ReadOnlyMemory<byte> body, out string wrong)
    {
        var reader = new SubscriptionReader(api);
        var subscription = reader.Read(body);
        wrong = string.Join("; ", reader.problems);
        return reader.problems.Count == 0 ? subscription : null;
    }

    private Subscription? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return Read(document.RootElement);
        }
        catch (JsonException)
        {
        }

        problems.Add("the request body should be a JSON object");
        return null;
    }

    private Subscription? Read(JsonElement root)
    {
        var version = SchemaVersion(root);
        var destination = Member(root, "destination", JsonValueKind.Object);
        var uri = destination is { } where ? Destination(where) : null;
        if (destination is null) problems.Add("destination is not provided");
        var types = Types(root);
        var buffering = ReadBuffering(root);
        var method = destination is { } given && api == TelemetryApiKind.Logs && Text(given, "method") == "PUT"
            ? HttpMethod.Put
            : HttpMethod.Post;
        return uri is null ? null : new Subscription(api, version, types, method, uri, buffering);
    }

    private string SchemaVersion(JsonElement root)
    {
        var version = Text(root, "schemaVersion");
        if (version is null && api == TelemetryApiKind.Logs) return "2020-08-15";
        var known = api == TelemetryApiKind.Logs
            ? version is "2020-08-15" or "2021-03-18"
            : version is "2022-07-01" or "2022-12-13" or "2025-01-29";
        if (!known) problems.Add(version is null ? "schemaVersion is not provided" : "schemaVersion is not supported");
        return version ?? "";
    }

    private TelemetryTypes Types(JsonElement root)
    {
        var types = TelemetryTypes.None;
        if (Member(root, "types", JsonValueKind.Array) is not { } listed || listed.GetArrayLength() == 0)
        {
            problems.Add("types should not be empty");
            return types;
        }

        foreach (var type in listed.EnumerateArray())
        {
            var named = type.ValueKind == JsonValueKind.String ? type.GetString() : null;
            types |= named switch
            {
                "platform" => TelemetryTypes.Platform,
                "function" => TelemetryTypes.Function,
                "extension" => TelemetryTypes.Extension,
                _ => TelemetryTypes.None,
            };
            if (named is not ("platform" or "function" or "extension"))
                problems.Add("types should be platform, function or extension");
        }

        return types;
    }

    private Uri? Destination(JsonElement destination)
    {
        if (Text(destination, "protocol") is not "HTTP")
        {
            problems.Add("destination protocol should be HTTP");
            return null;
        }

        if (!Uri.TryCreate(Text(destination, "URI"), UriKind.Absolute, out var uri) || uri.Scheme != "http")
        {
            problems.Add("URI should be an http address");
            return null;
        }

        if (!Hosts.Contains(uri.Host)) problems.Add("URI host should be sandbox.localdomain");
        if (uri.IsDefaultPort && !uri.OriginalString.Contains(":80", StringComparison.Ordinal))
            problems.Add("URI port is not provided");
        if (uri.Port == TelemetryLimits.ReservedPort) problems.Add("URI port 9001 is reserved");
        return uri;
    }

    private Buffering ReadBuffering(JsonElement root)
    {
        JsonElement given = default;
        if (root.TryGetProperty("buffering", out var buffering) && buffering.ValueKind != JsonValueKind.Null)
        {
            if (buffering.ValueKind == JsonValueKind.Object) given = buffering;
            else problems.Add("buffering should be an object");
        }

        var items = Number(
            given, "maxItems", TelemetryLimits.MaxItems, TelemetryLimits.MinItems, TelemetryLimits.MaxItems);
        var bytes = Number(
            given, "maxBytes", TelemetryLimits.MinBytes, TelemetryLimits.MinBytes, TelemetryLimits.MaxBytes);
        var timeout = Number(
            given, "timeoutMs", TelemetryLimits.DefaultTimeoutMs, TelemetryLimits.MinTimeoutMs,
            TelemetryLimits.MaxTimeoutMs);
        return new Buffering(items, bytes, TimeSpan.FromMilliseconds(timeout));
    }

    private int Number(JsonElement parent, string name, int otherwise, int least, int most)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out var member)) return otherwise;
        if (member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var number)
            && number >= least && number <= most)
            return number;
        problems.Add($"{name} should be from {least} to {most}");
        return otherwise;
    }

    private static JsonElement? Member(JsonElement parent, string name, JsonValueKind kind) =>
        parent.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;

    private static string? Text(JsonElement parent, string name) =>
        Member(parent, name, JsonValueKind.String)?.GetString();
}
