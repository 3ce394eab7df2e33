namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>Something to do outside the state.</summary>
internal abstract record ScalingEffect;

/// <summary>Bring the capacity into the bounds of its target.</summary>
/// <param name="MinCause">Why it is raised, if it is; the same for the other bound.</param>
internal sealed record KeepInBounds(ScalingKey Key, int MinCapacity, int MaxCapacity) : ScalingEffect;

/// <summary>Delete the alarms of a policy that is over.</summary>
internal sealed record DeleteAlarms(ScalingPolicy Policy) : ScalingEffect;
