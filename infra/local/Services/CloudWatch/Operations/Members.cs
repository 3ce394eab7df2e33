using Isobar.Local.Services.CloudWatch.Data;

namespace Isobar.Local.Services.CloudWatch.Operations;

internal sealed record DimensionMember(string? Name, string? Value);

internal sealed record MetricMember(
    string? Namespace, string? MetricName, IReadOnlyList<DimensionMember>? Dimensions)
{
    public static MetricMember Of(Metric metric) => new(
        metric.Namespace, metric.Name,
        [.. metric.Dimensions.Select(dimension => new DimensionMember(dimension.Name, dimension.Value))]);
}

internal sealed record MetricStatMember(MetricMember? Metric, int? Period, string? Stat, string? Unit);

internal sealed record MetricDataQueryMember(
    string? Id, MetricStatMember? MetricStat, string? Expression, string? Label, bool? ReturnData, int? Period,
    string? AccountId);

internal sealed record TagMember(string? Key, string? Value);

/// <summary>An answer without members.</summary>
internal sealed record EmptyAnswer;

/// <summary>Reads and checks what several operations take.</summary>
internal static class Members
{
    /// <remarks>Source: Amazon CloudWatch API Reference, MetricDatum.</remarks>
    public static readonly IReadOnlyList<string> Units =
    [
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits",
        "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second",
        "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second",
        "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
    ];

    /// <summary>A metric's identity, of members that are all checked.</summary>
    /// <param name="place">What stands before the members' names in errors: <c>MetricData.member.1.</c></param>
    public static Metric Metric(
        string? @namespace, string? name, IReadOnlyList<DimensionMember>? dimensions, string place = "")
    {
        var space = Text(@namespace, "Namespace", CloudWatchLimits.MaxNameCharacters);
        if (space[0] == ':') throw Invalid(space, "Namespace");
        return new Metric(
            space, Text(name, place + "MetricName", CloudWatchLimits.MaxNameCharacters), Dimensions(dimensions, place));
    }

    /// <exception cref="Wire.AwsException">MissingParameter; InvalidParameterValue.</exception>
    public static string Text(string? value, string parameter, int maxCharacters)
    {
        if (string.IsNullOrEmpty(value)) throw CloudWatchErrors.Missing(parameter);
        if (value.Length > maxCharacters)
            throw CloudWatchErrors.InvalidValue(
                $"The parameter {parameter} must be shorter than {maxCharacters + 1} characters.");
        return value;
    }

    public static string? Unit(string? unit, string parameter = "Unit") =>
        unit is null || Units.Contains(unit) ? unit : throw Invalid(unit, parameter);

    public static Wire.AwsException Invalid(string value, string parameter) =>
        CloudWatchErrors.InvalidValue($"The value {value} for parameter {parameter} is invalid.");

    /// <summary>Tags by their keys.</summary>
    public static IReadOnlyDictionary<string, string> Tags(IReadOnlyList<TagMember>? tags)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags ?? []) read[Text(tag.Key, "Tags.member.Key", 128)] = tag.Value ?? "";
        return read.Count <= CloudWatchLimits.MaxTags
            ? read
            : throw CloudWatchErrors.InvalidValue($"A resource has at most {CloudWatchLimits.MaxTags} tags.");
    }

    /// <summary>A statistic's name that this host computes.</summary>
    public static string Stat(string? name, string parameter)
    {
        if (string.IsNullOrEmpty(name)) throw CloudWatchErrors.Missing(parameter);
        if (Statistic.IsStandard(name) || Statistic.Percent(name) is not null) return name;
        throw Statistic.IsKnownToAws(name)
            ? CloudWatchErrors.NotSupported($"The statistic {name} is not computed by this host.")
            : CloudWatchErrors.Validation($"The value {name} for parameter {parameter} is not supported.");
    }

    /// <summary>A period: 1, 5, 10, 20 or 30 seconds, or a multiple of 60.</summary>
    public static int Period(int? period, string parameter) => period switch
    {
        null => throw CloudWatchErrors.Missing(parameter),
        1 or 5 or 10 or 20 or 30 => period.Value,
        > 0 when period % 60 == 0 => period.Value,
        _ => throw CloudWatchErrors.InvalidValue(
            $"The parameter {parameter} must be one of 1, 5, 10, 20, 30 or a multiple of 60."),
    };

    private static MetricDimension[] Dimensions(IReadOnlyList<DimensionMember>? dimensions, string place)
    {
        if (dimensions is null) return [];
        if (dimensions.Count > CloudWatchLimits.MaxDimensions)
            throw CloudWatchErrors.InvalidValue($"The collection {place}Dimensions must not have a size greater than "
                + $"{CloudWatchLimits.MaxDimensions}.");
        var read = new MetricDimension[dimensions.Count];
        for (var i = 0; i < read.Length; i++)
        {
            var at = $"{place}Dimensions.member.{i + 1}.";
            read[i] = new MetricDimension(
                Text(dimensions[i].Name, at + "Name", CloudWatchLimits.MaxNameCharacters),
                Text(dimensions[i].Value, at + "Value", CloudWatchLimits.MaxDimensionValueCharacters));
            if (read[i].Name[0] == ':') throw Invalid(read[i].Name, at + "Name");
        }

        return read;
    }
}
