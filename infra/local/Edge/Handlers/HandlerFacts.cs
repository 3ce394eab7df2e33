namespace Isobar.Local.Edge.Handlers;

/// <summary>A handler's process is ready.</summary>
/// <param name="Node">Its version of Node.js.</param>
internal sealed record EdgeProcessStarted(string FunctionName, int Process, string Node);

/// <summary>A handler's process has ended.</summary>
internal sealed record EdgeProcessEnded(string FunctionName, int Process, int ExitCode, string? Signal);

/// <summary>A handler's process wrote a line; the journal keeps its beginning.</summary>
internal sealed record EdgeLineWritten(string FunctionName, int Process, string Line);

/// <summary>Processes ended too often without an answer; for a while none is started.</summary>
internal sealed record EdgeProcessesPaused(string FunctionName, TimeSpan Pause);
