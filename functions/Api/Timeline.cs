using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Api;

/// <summary>What happened to a job, in order: it landed, then its events, then the state it came to.</summary>
internal static class Timeline
{
    public static IReadOnlyList<TimelineBody> Of(JobView job, IReadOnlyList<JobEvent> events)
    {
        var timeline = new List<TimelineBody> { new(job.Job.LandedAt, "landed", null) };
        timeline.AddRange(events
            .OrderBy(each => each.At ?? DateTimeOffset.MaxValue)
            .Select(each => new TimelineBody(each.At, each.What, each.Id)));
        // Derived from counters that know no time.
        if (job.State != JobState.Running) timeline.Add(new(null, JobBody.Lower(job.State), null));
        return timeline;
    }
}
