namespace Isobar.Local.Lambda.Control;

/// <summary>
/// A function, or a version or alias of it, that a caller's name or ARN led to. It is found once, where the call comes
/// in, and travels from there on: nothing behind a door parses a name or a qualifier again. Which version of an alias
/// runs is drawn for each invocation, when it is counted in.
/// </summary>
/// <param name="Name">The function's name, without a qualifier.</param>
/// <param name="Arn">The function's ARN, without a qualifier.</param>
/// <param name="Qualifier">The version or alias that the caller named; null means <c>$LATEST</c>.</param>
internal sealed record ResolvedFunction(string Name, string Arn, string? Qualifier)
{
    public const string Latest = "$LATEST";

    private InvocationMetrics? recent, previous;

    /// <summary>The ARN as invoked, which the runtime is told: with the caller's qualifier, if there was one.</summary>
    public string InvokedArn { get; } = Qualifier is null ? Arn : $"{Arn}:{Qualifier}";

    /// <summary>The ARN that settings and records of asynchronous invocations go by: always qualified.</summary>
    public string QualifiedArn { get; } = $"{Arn}:{Qualifier ?? Latest}";

    /// <summary>The metrics that an invocation of it adds to.</summary>
    /// <param name="executedVersion"><c>$LATEST</c> or a number.</param>
    /// <remarks>
    /// Those of two versions are kept, as an alias runs two at most. Callers that get here at once may each make them
    /// anew; those are equal.
    /// </remarks>
    public InvocationMetrics MetricsOf(string executedVersion)
    {
        if (recent is { } one && one.ExecutedVersion == executedVersion) return one;
        if (previous is { } other && other.ExecutedVersion == executedVersion) return other;
        previous = recent;
        return recent = new InvocationMetrics(Name, Qualifier, executedVersion);
    }

    /// <inheritdoc/>
    public bool Equals(ResolvedFunction? other) =>
        other is not null && Arn == other.Arn && Qualifier == other.Qualifier;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Arn, Qualifier);
}
