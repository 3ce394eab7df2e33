using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local;

/// <summary>What the composition root hands to every module.</summary>
/// <param name="Address">Where the host listens.</param>
internal sealed record HostParts(
    ServiceClock Clock,
    Activity Activity,
    Journal Journal,
    Identifiers Identifiers,
    TargetDirectory Targets,
    IEnvironmentPool Environments,
    LocalHostOptions Options,
    Uri Address);
