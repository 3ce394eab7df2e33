using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local;

/// <summary>What the composition root hands to every module.</summary>
internal sealed record HostParts(
    ServiceClock Clock,
    TimeProvider RealTime,
    Activity Activity,
    Journal Journal,
    Identifiers Identifiers,
    TargetDirectory Targets,
    LocalHostOptions Options,
    Func<Uri> Address);
