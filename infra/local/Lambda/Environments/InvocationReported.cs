using Isobar.Local.Costs;
using Isobar.Local.History;

namespace Isobar.Local.Lambda.Environments;

/// <summary>An invocation is over: what its REPORT says.</summary>
/// <param name="BilledMs">The duration and, at a cold start, the init phase, in milliseconds begun.</param>
/// <param name="MemorySizeMb">The function's setting, in MB of 1,024 KB.</param>
/// <param name="IsColdStart">Whether the environment's init phase is part of what is billed.</param>
internal sealed record InvocationReported(
    string RequestId, string FunctionName, string EnvironmentId, long BilledMs, int MemorySizeMb, bool IsColdStart)
    : IFunctionFact, IChargedFact
{
    public string? TraceId { get; init; }

    /// <summary>Whether it ran in provisioned concurrency, whose time costs less.</summary>
    public bool IsProvisioned { get; init; }

    string IChargedFact.Payer => FunctionName;

    /// <summary>A request, and memory times billed duration. The template's functions are x86_64.</summary>
    /// <remarks>Source: AWS Lambda pricing; memory in GB of 1,024 MB.</remarks>
    public IEnumerable<Charge> Charges =>
    [
        new Charge(Meter.LambdaRequests, 1),
        new Charge(
            IsProvisioned ? Meter.LambdaProvisionedDurationGigabyteSeconds : Meter.LambdaGigabyteSeconds,
            BilledMs / 1_000m * MemorySizeMb / 1_024m),
    ];
}
