using System.Text;
using Isobar.Local.Services.Logs.Patterns;

namespace Isobar.Local.Services.Logs.Operations;

internal sealed record TestMetricFilterRequest(string? FilterPattern, IReadOnlyList<string>? LogEventMessages);

internal sealed record TestMetricFilterResponse(IReadOnlyList<MetricFilterMatchRecord> Matches);

/// <param name="EventNumber">From 1.</param>
/// <param name="ExtractedValues">What the pattern names, by its name.</param>
internal sealed record MetricFilterMatchRecord(
    int EventNumber, string EventMessage, IReadOnlyDictionary<string, string> ExtractedValues);

/// <summary>Tries a filter pattern on messages.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, TestMetricFilter.</remarks>
internal static class TestMetricFilter
{
    /// <exception cref="Wire.AwsException">InvalidParameterException.</exception>
    public static TestMetricFilterResponse Handle(TestMetricFilterRequest request)
    {
        var check = new ModelCheck()
            .Required(request.FilterPattern, "filterPattern")
            .Length(request.FilterPattern, "filterPattern", 0, LogsLimits.MaxPatternCharacters)
            .Required(request.LogEventMessages, "logEventMessages")
            .Count(request.LogEventMessages?.Count, "[]", "logEventMessages", 1, LogsLimits.MaxTestMessages);
        foreach (var message in request.LogEventMessages ?? [])
            check.Length(message, "logEventMessages", 1, int.MaxValue);
        check.ThrowIfAny();

        var pattern = FilterPattern.Parse(request.FilterPattern!);
        var matches = new List<MetricFilterMatchRecord>();
        for (var i = 0; i < request.LogEventMessages!.Count; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(request.LogEventMessages[i]);
            if (pattern.Matches(bytes))
                matches.Add(new MetricFilterMatchRecord(i + 1, request.LogEventMessages[i], pattern.Extract(bytes)));
        }

        return new TestMetricFilterResponse(matches);
    }
}
