namespace Isobar.Local.Lambda.Environments;

/// <summary>Receives the lines of all functions' logs: the journal, people who watch, a log service.</summary>
internal interface ILogSink
{
    /// <summary>Takes a line. Those of one environment come in order, and one at a time.</summary>
    /// <remarks>It is called while that environment's log is held: it only hands the line over.</remarks>
    void Write(LogLine line);
}

/// <summary>A line of a function's log, as CloudWatch Logs would keep it.</summary>
/// <param name="Time">When the host read it, in real time.</param>
/// <param name="RequestId">The invocation that was open; null before the first and between them.</param>
/// <param name="Platform">Written by the platform (START, REPORT, …) and not by the function.</param>
/// <param name="Extension">The external extension that wrote it; null for the runtime and the platform.</param>
/// <param name="Text">Without its line end; at most 256 KB in UTF-8. A longer line comes in pieces.</param>
internal sealed record LogLine(
    DateTimeOffset Time, string FunctionName, string LogGroup, string LogStream, string EnvironmentId,
    string? RequestId, bool Platform, string? Extension, string Text)
{
    /// <summary>The same instant on the service clock; set for those who follow the log.</summary>
    public DateTimeOffset ServiceTime { get; init; }
}
