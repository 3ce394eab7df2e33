namespace Isobar.Local.Services;

/// <summary>Receives the lines of all functions' logs: the journal, people who watch, a module that is one.</summary>
internal interface ILogSink
{
    /// <summary>Takes a line. Those of one environment come in order, and one at a time.</summary>
    /// <remarks>
    /// It is called while that environment's log is held, so the function waits for it: it adds the line to a buffer
    /// with a bound, or to state whose messages are all short, and does nothing else.
    /// </remarks>
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

    /// <summary>The access key of the session of the function's role, with which Lambda writes its log.</summary>
    public string AccessKey { get; init; } = "";
}
