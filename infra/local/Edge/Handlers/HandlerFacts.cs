using Isobar.Local.Costs;
using Isobar.Local.History;

namespace Isobar.Local.Edge.Handlers;

/// <summary>A fact about a Lambda@Edge function.</summary>
internal interface IEdgeFunctionFact : IFact
{
    string FunctionName { get; }

    string? IFact.Resource => FactResource.Of("lambda", FunctionName);
}

/// <summary>A handler's process is ready.</summary>
/// <param name="Version">Of Node.js or Python.</param>
internal sealed record EdgeProcessStarted(string FunctionName, int Process, string Version) : IEdgeFunctionFact;

/// <summary>A handler's process has ended.</summary>
internal sealed record EdgeProcessEnded(
    string FunctionName, int Process, int ExitCode, string? Signal) : IEdgeFunctionFact;

/// <summary>A handler's process wrote a line; the journal keeps its beginning.</summary>
internal sealed record EdgeLineWritten(string FunctionName, int Process, string Line) : IEdgeFunctionFact;

/// <summary>Processes ended too often without an answer; for a while none is started.</summary>
internal sealed record EdgeProcessesPaused(string FunctionName, TimeSpan Pause) : IEdgeFunctionFact;

/// <summary>A handler has answered an event, with a result or an error.</summary>
/// <param name="EventType">One of the four events.</param>
/// <param name="BilledMs">From the event's way to its process to the answer, in milliseconds begun.</param>
internal sealed record EdgeFunctionReported(
    string RequestId, string FunctionName, string EventType, long BilledMs, int MemorySizeMb)
    : IEdgeFunctionFact, IChargedFact
{
    string IChargedFact.Payer => FunctionName;

    public IEnumerable<Charge> Charges =>
    [
        new Charge(Meter.EdgeRequests, 1),
        new Charge(Meter.EdgeGigabyteSeconds, BilledMs / 1_000m * MemorySizeMb / 1_024m),
    ];
}
