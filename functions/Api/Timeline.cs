using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Api;

/// <summary>A job's timeline in order: it landed, then its events, then its final state.</summary>
internal static class Timeline
{
    public static IReadOnlyList<TimelineBody> Of(JobProgress job, IReadOnlyList<JobEvent> events)
    {
        var timeline = new List<TimelineBody> { new(job.Job.LandedAt, "landed", null) };
        timeline.AddRange(events
            .OrderBy(entry => entry.At ?? DateTimeOffset.MaxValue)
            .Select(entry => new TimelineBody(entry.At, entry.Kind, entry.Id)));
        // Without a time: the state is derived from counters without timestamps.
        if (job.State != JobState.Running) timeline.Add(new(null, JobBody.Lower(job.State), null));
        return timeline;
    }
}
