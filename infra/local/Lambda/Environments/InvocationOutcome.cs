namespace Isobar.Local.Lambda.Environments;

/// <summary>What an invocation came to.</summary>
/// <param name="Payload">The function's JSON, or the error JSON.</param>
/// <param name="FunctionError">
/// Null for success, otherwise <c>Unhandled</c> (the <c>X-Amz-Function-Error</c> header).
/// </param>
/// <param name="ExecutedVersion"><c>$LATEST</c> or a version number.</param>
/// <param name="LogTail">The last 4 KB of this invocation's log; empty unless it was asked for.</param>
/// <param name="Duration">
/// From the event's release to the runtime until its answer (until the end of the invocation when the tail was asked
/// for).
/// </param>
/// <param name="InitDuration">How long the init phase took; only on a cold start.</param>
internal sealed record InvocationOutcome(
    ReadOnlyMemory<byte> Payload,
    string? FunctionError,
    string ExecutedVersion,
    ReadOnlyMemory<byte> LogTail,
    TimeSpan Duration,
    TimeSpan? InitDuration)
{
    /// <summary>Which environment ran it: 32 hexadecimal digits, also the end of its log stream's name.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>
    /// The platform's or the runtime's error type (<c>Sandbox.Timedout</c>, <c>Runtime.ExitError</c>, …), if any.
    /// </summary>
    public string? ErrorType { get; init; }
}
