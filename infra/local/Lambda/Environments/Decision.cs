namespace Isobar.Local.Lambda.Environments;

/// <summary>What the pool is to do.</summary>
internal abstract record Decision;

/// <summary>Start an environment in a new slot. It takes an invocation once it has reported that it is ready.</summary>
internal sealed record StartEnvironment(Slot Slot) : Decision;

/// <summary>Give the invocation to an idle environment.</summary>
internal sealed record AssignEnvironment(Slot Slot, Invocation Invocation) : Decision;

internal sealed record RetireEnvironment(Slot Slot) : Decision;

internal sealed record RefuseInvocation(Invocation Invocation, Exception Reason) : Decision;

/// <summary>An invocation begins to wait because every place that it may have is taken and busy.</summary>
internal sealed record AnnounceSaturation(string FunctionName, int Waiting) : Decision;

/// <summary>Tell the owner of provisioned environments how many there are.</summary>
internal sealed record ReportProvisioned(FunctionConfiguration Function, int Available) : Decision;

/// <summary>Tell the owner of provisioned environments that an init phase failed.</summary>
internal sealed record ReportInitFailed(FunctionConfiguration Function) : Decision;

/// <summary>The pool is draining, and its last environment is over.</summary>
internal sealed record AnnounceEmpty : Decision;
