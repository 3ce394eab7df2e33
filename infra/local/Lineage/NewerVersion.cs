namespace Isobar.Local.Lineage;

/// <summary>The newest version of a file of which an older one is explained.</summary>
/// <param name="Job">The job that reads it.</param>
/// <param name="State">Of that job.</param>
/// <param name="TakesPlace">Whether readers see it, or will once it is read: then nothing of an older one has to be
/// mended.</param>
internal sealed record NewerVersion(string VersionId, string Job, string State, bool TakesPlace)
{
    public string Says => $"{VersionId}, which job {Job} reads: {State}"
        + (TakesPlace ? "" : $"; it does not take this one's place: isobar explain {Job}");

    /// <param name="id">The id of the job that reads it.</param>
    /// <param name="job">That job; null if Intake has not opened it.</param>
    /// <param name="current">The version of the file that readers see; null if there is none.</param>
    public static NewerVersion Of(
        string versionId, string id, JobItem? job, CurrentItem? current, DateTimeOffset now)
    {
        var (state, takesPlace) = job switch
        {
            null => ("not opened", false),
            { State: "running" } => now - job.LandedAt > JobLineage.Retention
                ? ("running, and its messages have expired", false)
                : ("running", true),
            { IsFinished: false } => (job.State, false),
            _ when current is not null && string.CompareOrdinal(
                current.Order, StationItems.OrderOf(job.Sequencer)) >= 0 => ("finished and current", true),
            _ => ("finished, not current", false),
        };
        return new NewerVersion(versionId, id, state, takesPlace);
    }

    /// <summary>Adds a failure of an older version, with its way back unless a newer one takes its place.</summary>
    /// <param name="newer">Null if there is none.</param>
    public static void Fail(
        Explanation explanation, string what, string says, string wayBack, NewerVersion? newer)
    {
        if (newer is { TakesPlace: true })
            explanation.Add(what, $"{says}; nothing to do: the newer version, {newer.State}, takes its place");
        else explanation.AddFailure(what, says, wayBack);
    }
}
