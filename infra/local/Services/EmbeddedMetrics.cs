using System.Text;
using System.Text.Json;

namespace Isobar.Local.Services;

/// <summary>A metric datum of a log line in the embedded metric format.</summary>
/// <param name="Values">One at least.</param>
/// <param name="StorageResolution">1 or 60, in seconds.</param>
internal sealed record EmbeddedDatum(
    Metric Metric, IReadOnlyList<double> Values, string Unit, DateTimeOffset Time, int StorageResolution);

/// <summary>
/// Reads log lines in the CloudWatch embedded metric format. A line that is not valid makes no metric at all, and stays
/// a log line.
/// </summary>
/// <remarks>Source: Amazon CloudWatch User Guide, "Specification: Embedded metric format".</remarks>
internal static class EmbeddedMetrics
{
    /// <summary>Bytes of an event. Source: the specification.</summary>
    public const int MaxBytes = 1_048_576;

    /// <summary>Metrics of a directive. Source: the specification.</summary>
    public const int MaxMetrics = 100;

    /// <summary>Values of a metric in one line. Source: the specification.</summary>
    public const int MaxValues = 100;

    /// <summary>Dimensions of a set. Source: the specification.</summary>
    public const int MaxDimensions = 30;

    /// <summary>
    /// Data of a line, each a metric with one set of dimensions. Ours: a line of a megabyte can name hundreds of
    /// thousands of sets, each of which would be a metric a hundred times.
    /// </summary>
    public const int MaxData = 10_000;

    /// <summary>How old a line's timestamp may be.</summary>
    /// <remarks>Source: Amazon CloudWatch API Reference, PutMetricData.</remarks>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(14);

    /// <summary>How far ahead of the clock a line's timestamp may be.</summary>
    /// <remarks>Source: Amazon CloudWatch API Reference, PutMetricData.</remarks>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromHours(2);

    private const int MaxNameCharacters = 1_024;
    private const int MaxDimensionNameCharacters = 250;
    private const int MaxDimensionValueCharacters = 1_024;

    /// <summary>The largest magnitude of a value. Source: Amazon CloudWatch API Reference, MetricDatum.</summary>
    private const double MaxValue = 2.348542582773833e108;

    /// <summary>Units by their names, and that none is given. Source: API Reference, MetricDatum.</summary>
    private static readonly HashSet<string> Units =
    [
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits",
        "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second",
        "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second",
        "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
    ];

    /// <summary>Whether a line may be one: only then is it worth parsing.</summary>
    public static bool MayBe(string line) =>
        line.Length > 0 && line[0] == '{' && line.Contains("\"_aws\"", StringComparison.Ordinal);

    /// <summary>The metric data of a line, one for each set of dimensions of each metric.</summary>
    /// <returns>Nothing when the line is not in the format, or is not valid.</returns>
    public static IReadOnlyList<EmbeddedDatum> Read(string line)
    {
        if (!MayBe(line) || Encoding.UTF8.GetByteCount(line) > MaxBytes) return [];
        try
        {
            using var document = JsonDocument.Parse(line);
            return ReadRoot(document.RootElement);
        }
        // Half of a surrogate pair is valid JSON, and no text: reading it is an invalid operation.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private static List<EmbeddedDatum> ReadRoot(JsonElement root)
    {
        var metadata = Member(root, "_aws", JsonValueKind.Object);
        if (!Member(metadata, "Timestamp", JsonValueKind.Number).TryGetInt64(out var milliseconds)
            || milliseconds is < 0 or > 253_402_300_799_999) throw new InvalidLineException();
        var time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        var data = new List<EmbeddedDatum>();
        foreach (var directive in Member(metadata, "CloudWatchMetrics", JsonValueKind.Array).EnumerateArray())
            ReadDirective(root, directive, time, data);
        return data;
    }

    private static void ReadDirective(
        JsonElement root, JsonElement directive, DateTimeOffset time, List<EmbeddedDatum> data)
    {
        var space = Name(Member(directive, "Namespace", JsonValueKind.String), MaxNameCharacters);
        var sets = Member(directive, "Dimensions", JsonValueKind.Array).EnumerateArray()
            .Select(set => ReadSet(root, set)).ToList();
        var metrics = Member(directive, "Metrics", JsonValueKind.Array);
        if (metrics.GetArrayLength() > MaxMetrics) throw new InvalidLineException();
        foreach (var definition in metrics.EnumerateArray())
        {
            var name = Name(Member(definition, "Name", JsonValueKind.String), MaxNameCharacters);
            var (unit, resolution) = (UnitOf(definition), ResolutionOf(definition));
            var values = ValuesOf(root, name);
            if (data.Count + sets.Count > MaxData) throw new InvalidLineException();
            foreach (var set in sets)
                data.Add(new EmbeddedDatum(new Metric(space, name, set), values, unit, time, resolution));
        }
    }

    private static MetricDimension[] ReadSet(JsonElement root, JsonElement set)
    {
        if (set.ValueKind != JsonValueKind.Array || set.GetArrayLength() > MaxDimensions)
            throw new InvalidLineException();
        return [.. set.EnumerateArray().Select(key =>
        {
            if (key.ValueKind != JsonValueKind.String) throw new InvalidLineException();
            var name = Name(key, MaxDimensionNameCharacters);
            return new MetricDimension(
                name, Name(Member(root, name, JsonValueKind.String), MaxDimensionValueCharacters));
        })];
    }

    /// <summary>The target of a metric: a number, or up to 100 of them, on the root of the line.</summary>
    private static IReadOnlyList<double> ValuesOf(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var target)) throw new InvalidLineException();
        if (target.ValueKind == JsonValueKind.Number) return [ValueOf(target)];
        if (target.ValueKind != JsonValueKind.Array || target.GetArrayLength() is 0 or > MaxValues)
            throw new InvalidLineException();
        return [.. target.EnumerateArray().Select(ValueOf)];
    }

    private static double ValueOf(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && number.GetDouble() is var value && Math.Abs(value) <= MaxValue
            ? value
            : throw new InvalidLineException();

    private static string UnitOf(JsonElement definition)
    {
        if (!definition.TryGetProperty("Unit", out var unit)) return MetricUnit.None;
        return unit.ValueKind == JsonValueKind.String && unit.GetString() is { } text && Units.Contains(text)
            ? text
            : throw new InvalidLineException();
    }

    private static int ResolutionOf(JsonElement definition)
    {
        if (!definition.TryGetProperty("StorageResolution", out var resolution)) return 60;
        return resolution.ValueKind == JsonValueKind.Number && resolution.TryGetInt32(out var seconds)
            && seconds is 1 or 60
                ? seconds
                : throw new InvalidLineException();
    }

    private static string Name(JsonElement text, int maxCharacters) =>
        text.GetString() is { } name && name.Length > 0 && name.Length <= maxCharacters
            ? name
            : throw new InvalidLineException();

    private static JsonElement Member(JsonElement of, string name, JsonValueKind kind) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : throw new InvalidLineException();

    private sealed class InvalidLineException : InvalidOperationException;
}
