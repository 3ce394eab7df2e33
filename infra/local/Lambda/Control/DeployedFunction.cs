using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Images;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Control;

/// <summary>A function as the control plane knows it: what runs, and what the API tells about it.</summary>
/// <param name="Configuration">What environments are built from; one instance for one deployment.</param>
/// <param name="Role">The ARN of the execution role.</param>
/// <param name="Code">What is at the configuration's code directory, and how large it is.</param>
/// <param name="ReservedConcurrency">0 to 900 executions kept for this function, or null when none are.</param>
/// <param name="LastModified">Service time.</param>
/// <param name="RevisionId">A UUID, new with every deployment.</param>
internal sealed record DeployedFunction(
    FunctionConfiguration Configuration,
    string Role,
    string Description,
    string Architecture,
    StoredCode Code,
    int? ReservedConcurrency,
    DateTimeOffset LastModified,
    string RevisionId)
{
    public string Name => Configuration.FunctionName;

    /// <summary><c>$LATEST</c> or a number.</summary>
    public string Version => Configuration.Version;

    /// <summary>Orders versions as text: <c>$LATEST</c>, then the numbers.</summary>
    public string VersionKey => Version.PadLeft(10, Version[0] == '$' ? '$' : '0');

    /// <summary><c>Active</c> or <c>PassThrough</c>.</summary>
    public string TracingMode { get; init; } = "PassThrough";

    /// <summary>Null for a zip file.</summary>
    public FunctionImage? Image { get; init; }

    public IReadOnlyList<LayerVersion> Layers { get; init; } = [];

    /// <summary>The queue or topic that gets asynchronous events which failed; null for none.</summary>
    public Arn? DeadLetterTarget { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether another one has the same of what a version freezes beside its configuration.</summary>
    public bool IsConfiguredAs(DeployedFunction other) =>
        Role == other.Role && Architecture == other.Architecture && TracingMode == other.TracingMode
        && DeadLetterTarget == other.DeadLetterTarget
        && Layers.Select(layer => layer.Arn).SequenceEqual(other.Layers.Select(layer => layer.Arn));
}
