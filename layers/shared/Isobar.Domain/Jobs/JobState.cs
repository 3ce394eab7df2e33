namespace Isobar.Domain;

/// <summary>The states of a job. They are derived from its chunk counters and never stored.</summary>
public enum JobState
{
    /// <summary>Some chunk is neither done nor failed.</summary>
    Running,

    /// <summary>Every chunk is done.</summary>
    Finished,

    /// <summary>Every chunk is done or failed, and at least one failed.</summary>
    Incomplete,

    /// <summary>The object was refused as a whole.</summary>
    Refused,
}

/// <summary>Derives the state.</summary>
public static class JobStates
{
    /// <param name="total">Chunks of the job; 0 for an empty object, which is finished at once.</param>
    /// <param name="done">Chunks committed.</param>
    /// <param name="failed">Chunks recorded as failed and not done since.</param>
    /// <param name="refusal">The reason, if the object was refused.</param>
    public static JobState Of(int total, int done, int failed, string? refusal = null)
    {
        if (refusal is not null) return JobState.Refused;
        if (done >= total) return JobState.Finished;
        return done + failed >= total ? JobState.Incomplete : JobState.Running;
    }
}
