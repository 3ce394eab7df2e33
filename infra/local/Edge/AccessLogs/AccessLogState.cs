using Isobar.Local.Ownership;

namespace Isobar.Local.Edge.AccessLogs;

/// <summary>Lines that go into a file of the log.</summary>
internal sealed record LogFile(IReadOnlyList<(DateTimeOffset At, LoggedRequest Request)> Lines);

/// <summary>The lines that no file has yet. A file is written some minutes after its first line, or when it is full.
/// </summary>
internal sealed class AccessLogState : ITimedState, IDecidingState<LogFile>
{
    private List<(DateTimeOffset At, LoggedRequest Request)> lines = [];

    public DateTimeOffset? NextDue => lines.Count > 0 ? lines[0].At + EdgeLimits.LogInterval : null;

    public Effects<LogFile> Effects { get; } = new();

    public void Add(LoggedRequest request, DateTimeOffset now)
    {
        lines.Add((now, request));
        if (lines.Count >= EdgeLimits.MaxLogLines) Write();
    }

    public void OnDue(DateTimeOffset now)
    {
        if (NextDue <= now) Write();
    }

    private void Write()
    {
        Effects.Add(new LogFile(lines));
        lines = [];
    }
}
