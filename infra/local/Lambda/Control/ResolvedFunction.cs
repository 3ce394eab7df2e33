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

    /// <summary>The ARN as invoked, which the runtime is told: with the caller's qualifier, if there was one.</summary>
    public string InvokedArn { get; } = Qualifier is null ? Arn : $"{Arn}:{Qualifier}";

    /// <summary>The ARN that settings and records of asynchronous invocations go by: always qualified.</summary>
    public string QualifiedArn { get; } = $"{Arn}:{Qualifier ?? Latest}";
}
