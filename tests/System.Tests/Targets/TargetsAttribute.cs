namespace Isobar.Stories;

/// <summary>
/// Where a story can run: those on a method go before those on its class, and without any it is the local host alone. A
/// story for other targets talks to the stack by AWS's public APIs only, and never looks into the host.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class TargetsAttribute(params Target[] targets) : Attribute
{
    public IReadOnlyList<Target> Targets => targets;
}
