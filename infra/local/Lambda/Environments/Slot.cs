using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Environments;

/// <summary>A place for one environment, and what the pool knows of the environment in it.</summary>
/// <param name="startedAt">When its start was decided, in service time like every instant here.</param>
/// <param name="background">Whether it is started for work that nobody waits for.</param>
internal sealed class Slot(FunctionPlaces places, DateTimeOffset startedAt, bool background)
{
    /// <summary>The function whose environment it is, with its other environments.</summary>
    public FunctionPlaces Places { get; } = places;

    public FunctionConfiguration Function => Places.Function;

    public SlotState State { get; set; } = SlotState.Starting;

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>When its init ended; null before.</summary>
    public DateTimeOffset? ReadySince { get; set; }

    /// <summary>When it last became idle.</summary>
    public DateTimeOffset IdleSince { get; set; }

    /// <summary>When its latest caller got the answer.</summary>
    public DateTimeOffset AnsweredAt { get; set; }

    /// <summary>Its processes ended when they should not have: a provisioned one is replaced.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether it is provisioned concurrency.</summary>
    public bool IsProvisioned => Places.Function.IsProvisioned;

    /// <summary>Whether it is started for, or runs, work that nobody waits for.</summary>
    public bool Background { get; set; } = background;

    /// <summary>Starting, or with an invocation that has not ended.</summary>
    public bool IsActive => State is SlotState.Starting or SlotState.Busy or SlotState.Answered;

    /// <summary>Null until it has been made.</summary>
    public ExecutionEnvironment? Environment { get; set; }

    /// <summary>Counts as work from a start or an invocation until the environment is idle, or over.</summary>
    public Activity.Lease? Work { get; set; }
}

internal enum SlotState
{
    /// <summary>Its processes start; no invocation is in it.</summary>
    Starting,
    Busy,

    /// <summary>Its caller has the answer; the runtime is about to ask for the next event.</summary>
    Answered,
    Idle,

    /// <summary>Told to end; it holds its place until its last process is gone.</summary>
    Leaving,
}
