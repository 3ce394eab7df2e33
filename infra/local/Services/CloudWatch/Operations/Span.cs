namespace Isobar.Local.Services.CloudWatch.Operations;

/// <summary>The span of time that a request asks for.</summary>
internal static class Span
{
    /// <summary>Start and end in seconds since 1970, the end not included; a part of a second counts as one.</summary>
    /// <exception cref="Wire.AwsException">MissingParameter; InvalidParameterCombination.</exception>
    public static (long Start, long End) Of(DateTimeOffset? start, DateTimeOffset? end)
    {
        if (start is not { } from) throw CloudWatchErrors.Missing("StartTime");
        if (end is not { } to) throw CloudWatchErrors.Missing("EndTime");
        if (from >= to)
            throw CloudWatchErrors.InvalidCombination(
                "The parameter StartTime must be less than the parameter EndTime.");
        return (from.ToUnixTimeSeconds(), (to.ToUnixTimeMilliseconds() + 999) / 1_000);
    }
}
