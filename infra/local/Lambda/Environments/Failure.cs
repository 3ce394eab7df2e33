using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Lambda.Environments;

/// <summary>What the caller is told.</summary>
/// <param name="FunctionError">Null, or <c>Unhandled</c>: the only value that AWS sends today.</param>
internal sealed record Answer(ReadOnlyMemory<byte> Payload, string? FunctionError, string? ErrorType)
{
    public static Answer Success(ReadOnlyMemory<byte> payload) => new(payload, null, null);

    public static Answer Error(ReadOnlyMemory<byte> payload, string errorType) => new(payload, "Unhandled", errorType);
}

/// <summary>A failure that the platform itself saw: a timeout, an exit, a crashed extension.</summary>
/// <param name="ErrorType">For example <c>Runtime.ExitError</c>.</param>
/// <param name="Message">What comes after <c>RequestId: … Error:</c>.</param>
/// <param name="IsTimeout">The REPORT line says <c>Status: timeout</c> and no error type.</param>
/// <remarks>
/// Source of the texts: AWS's own answers as recorded in LocalStack's snapshots, November 2025 to February 2026.
/// </remarks>
internal sealed record Failure(string ErrorType, string Message, bool IsTimeout = false)
{
    public const string InvalidEntrypoint = "Runtime.InvalidEntrypoint";

    public const string InvalidWorkingDirectory = "Runtime.InvalidWorkingDir";

    /// <summary>As the platform's events say it: <c>timeout</c>, <c>failure</c> or <c>error</c>.</summary>
    public string Status => IsTimeout ? "timeout" : ErrorType == HostStopped.ErrorType ? "failure" : "error";

    /// <param name="timeout">The configured timeout; it is printed, not the time measured.</param>
    public static Failure TimedOut(TimeSpan timeout) => new(
        "Sandbox.Timedout",
        string.Create(CultureInfo.InvariantCulture, $"Task timed out after {timeout.TotalSeconds:0.00} seconds"),
        true);

    public static Failure InitTimedOut { get; } = new("Sandbox.Timedout", "Initialization timed out", true);

    public static Failure RuntimeExited(ProcessEnd end) => new("Runtime.ExitError", end switch
    {
        { Signal: { } signal } => $"Runtime exited with error: signal: {signal}",
        { ExitCode: 0 } => "Runtime exited without providing a reason",
        _ => $"Runtime exited with error: exit status {end.ExitCode}",
    });

    /// <param name="errorType"><see cref="InvalidEntrypoint"/> or <see cref="InvalidWorkingDirectory"/>.</param>
    public static Failure CannotStart(string reason, string errorType = InvalidEntrypoint) => new(errorType, reason);

    public static Failure ExtensionCrashed(ProcessEnd end) => new("Extension.Crash", end switch
    {
        { Signal: { } signal } => $"signal: {signal}",
        { ExitCode: 0 } => "exit code 0",
        _ => $"exit status {end.ExitCode}",
    });

    public static Failure ExtensionReported(ExtensionFault during, string errorType) =>
        new(during == ExtensionFault.Init ? "Extension.InitError" : "Extension.ExitError", errorType);

    public static Failure ExtensionCannotStart(string reason) => new("Extension.LaunchError", reason);

    /// <summary>The host ends the environment under an open invocation.</summary>
    public static Failure HostStopped { get; } = new("Sandbox.Failure", "The execution environment was stopped");

    public Answer AnswerTo(string requestId) => Answer.Error(
        Json(("errorType", ErrorType), ("errorMessage", $"RequestId: {requestId} Error: {Message}")), ErrorType);

    /// <summary>
    /// What the caller gets for a response over the limit; the runtime itself gets a 413 and lives on.
    /// </summary>
    public static Answer ResponseTooLarge { get; } = Answer.Error(
        Json(
            ("errorMessage", "Response payload size exceeded maximum allowed payload size (6291556 bytes)."),
            ("errorType", "Function.ResponseSizeTooLarge")),
        "Function.ResponseSizeTooLarge");

    public static Failure InvalidResponseMode { get; } =
        new("Runtime.InvalidResponseModeHeader", "Invalid function response mode");

    private static byte[] Json(params ReadOnlySpan<(string Name, string Value)> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members) writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
