using Isobar.Local.Deployment;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services;

/// <summary>What the host gives to every service.</summary>
/// <param name="Clock">Service time: timestamps that an API returns, and timers. It may jump forward.</param>
/// <param name="RealTime">Time that never jumps: deadlines of processes, presigned URLs.</param>
/// <param name="Activity">Counts work under way, during which the service clock does not jump.</param>
/// <param name="Directory">Finds other services by a resource's ARN.</param>
/// <param name="Stacks">The stacks that the host has deployed.</param>
/// <param name="Region">Where the host's stack is: <c>us-east-1</c>.</param>
/// <param name="AccountId">Twelve digits: the host has one account.</param>
/// <param name="DataDirectory">Exists; a service makes a directory of its own in it.</param>
/// <param name="Address">Where the host listens: <c>http://127.0.0.1:4580</c>.</param>
internal sealed record ServiceContext(
    ServiceClock Clock,
    TimeProvider RealTime,
    Activity Activity,
    Journal Journal,
    Identifiers Identifiers,
    ServiceDirectory Directory,
    DeployedStacks Stacks,
    string Region,
    string AccountId,
    string DataDirectory,
    Uri Address)
{
    /// <summary>The access keys that functions sign with.</summary>
    public AccessKeys Keys { get; } = new(AccountId);

    /// <summary>Takes the metrics of services: they are CloudWatch's, whatever the service.</summary>
    public MetricRecorder Metrics { get; } = new(Journal);

    /// <summary>Decides about calls before their operations run; null to allow every call.</summary>
    public IRequestGate? Gate { get; init; }
}
