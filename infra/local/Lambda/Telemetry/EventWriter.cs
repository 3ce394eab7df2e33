using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Telemetry;

/// <summary>
/// Turns what the platform notes in a function's log into events of the telemetry stream, in AWS's order: the three
/// events of an init come before the start of the invocation that it was done in. Owned by the log's monitor.
/// </summary>
internal sealed class EventWriter(FunctionConfiguration function, string instance, TelemetryState telemetry)
{
    private InitPhase phase = new(function.InitializationType, Suppressed: false);
    private DateTimeOffset initBegan;
    private bool initRuntimeDone;
    private bool runtimeDone;
    private InvocationRequest? heldStart;

    public void Note(DateTimeOffset now, WriteLog note)
    {
        switch (note)
        {
            case WriteInitStart:
                BeginInit(now, suppressed: false);
                break;
            case WriteSuppressedInitStart:
                BeginInit(now, suppressed: true);
                break;
            case WriteInitRuntimeDone:
                initRuntimeDone = true;
                Add(now, PlatformEvents.InitRuntimeDone(now, phase, null));
                break;
            case WriteExtension extension:
                Add(now, PlatformEvents.Extension(now, extension));
                break;
            case WriteInitDone:
                EndInit(now, null);
                break;
            case WriteInitReport report:
                EndInit(now, report.Failure);
                break;
            case WriteStart start:
                runtimeDone = false;
                if (start.Initializing) heldStart = start.Invocation.Request;
                else Start(now, start.Invocation.Request);
                break;
            case WriteRuntimeDone done:
                runtimeDone = true;
                if (telemetry.IsWanted) Add(now, PlatformEvents.RuntimeDone(now, done));
                break;
        }
    }

    public void Note(DateTimeOffset now, WriteReport report, int maxMemoryUsedMb)
    {
        var request = report.Invocation.Request;
        if (heldStart is not null) EndInit(now, report.Failure);
        if (!telemetry.IsWanted) return;
        if (report.Failure is { } failure && !runtimeDone)
            Add(now, PlatformEvents.RuntimeFailed(now, request, failure, report.Duration));
        if (telemetry.HasLogsSubscriber)
        {
            if (report.Failure is { } fault) Add(now, PlatformEvents.Fault(now, request.RequestId, fault));
            Add(now, PlatformEvents.End(now, request.RequestId));
        }

        Add(now, PlatformEvents.Report(now, function, report, maxMemoryUsedMb));
    }

    private void BeginInit(DateTimeOffset now, bool suppressed)
    {
        phase = new InitPhase(function.InitializationType, suppressed);
        initBegan = now;
        initRuntimeDone = false;
        telemetry.Begin();
        Add(now, PlatformEvents.InitStart(now, function, instance, phase));
    }

    private void EndInit(DateTimeOffset now, Failure? failure)
    {
        if (!initRuntimeDone) Add(now, PlatformEvents.InitRuntimeDone(now, phase, failure));
        initRuntimeDone = true;
        Add(now, PlatformEvents.InitReport(now, phase, failure, now - initBegan));
        if (heldStart is { } request) Start(now, request);
        heldStart = null;
        telemetry.CloseSubscriptions();
    }

    private void Start(DateTimeOffset now, InvocationRequest request)
    {
        if (telemetry.IsWanted) Add(now, PlatformEvents.Start(now, function.Version, request));
    }

    private void Add(DateTimeOffset now, TelemetryEvent happened) => telemetry.Add(happened, now);
}
