namespace Isobar.Local.Services;

/// <summary>One name and value that a metric is told from others by.</summary>
/// <param name="Name">1 to 255 characters.</param>
/// <param name="Value">1 to 1,024 characters.</param>
internal readonly record struct MetricDimension(string Name, string Value);

/// <summary>
/// A metric's identity: namespace, name and dimensions. The order of the dimensions does not matter; two metrics with
/// one dimension more or less are different metrics, and CloudWatch never adds them up.
/// </summary>
/// <remarks>Source: Amazon CloudWatch User Guide, "Metrics concepts".</remarks>
internal sealed class Metric : IEquatable<Metric>
{
    private readonly int hash;

    public Metric(string @namespace, string name, params ReadOnlySpan<MetricDimension> dimensions)
    {
        (Namespace, Name) = (@namespace, name);
        var sorted = dimensions.ToArray();
        if (sorted.Length > 1)
            Array.Sort(sorted, static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        Dimensions = sorted;
        var code = default(HashCode);
        code.Add(@namespace);
        code.Add(name);
        foreach (var dimension in sorted) code.Add(dimension);
        hash = code.ToHashCode();
    }

    /// <summary><c>AWS/Lambda</c>.</summary>
    public string Namespace { get; }

    /// <summary><c>Invocations</c>.</summary>
    public string Name { get; }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<MetricDimension> Dimensions { get; }

    public bool Equals(Metric? other)
    {
        if (ReferenceEquals(this, other)) return true;
        return other is not null && hash == other.hash && Name == other.Name && Namespace == other.Namespace
            && Dimensions.SequenceEqual(other.Dimensions);
    }

    public override bool Equals(object? obj) => Equals(obj as Metric);

    public override int GetHashCode() => hash;

    /// <summary><c>AWS/Lambda Invocations {FunctionName=Intake}</c>.</summary>
    public override string ToString() => Dimensions.Count == 0
        ? $"{Namespace} {Name}"
        : $"{Namespace} {Name} {{{string.Join(", ", Dimensions.Select(one => $"{one.Name}={one.Value}"))}}}";
}

/// <summary>The units of CloudWatch that AWS's own services use; a datum may have any of CloudWatch's.</summary>
/// <remarks>Source: Amazon CloudWatch API Reference, MetricDatum.</remarks>
internal static class MetricUnit
{
    public const string None = "None";
    public const string Count = "Count";
    public const string Milliseconds = "Milliseconds";
    public const string Seconds = "Seconds";
    public const string Percent = "Percent";
}

/// <summary>One value of one metric.</summary>
/// <param name="Unit">One of CloudWatch's units, see <see cref="MetricUnit"/>.</param>
internal readonly record struct MetricDatum(Metric Metric, double Value, string Unit)
{
    /// <summary>The instant of service time that it belongs to; null for the instant at which it is recorded.</summary>
    /// <remarks>Lambda's metrics belong to the minute in which the invocation began.</remarks>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Whether its second is kept, and not only its minute.</summary>
    public bool IsHighResolution { get; init; }
}
