using System.Text.Json;

namespace Isobar.Telemetry.Events;

/// <summary>
/// Decides which lines are shipped. A share of the invocations is kept, with all of their lines; of the others only
/// what warns or tells of a failure is.
/// </summary>
/// <param name="share">Of the invocations, from 0 to 1.</param>
internal sealed class Sampling(double share)
{
    private Invocation? decided;
    private bool kept;

    private SampledAway untold;

    /// <summary>
    /// Whether lines of the invocation were kept although it is none of those that are: they should not wait for one.
    /// </summary>
    public bool IsUrgent { get; private set; }

    /// <summary>Takes every line, in order.</summary>
    /// <param name="invocation">The line's; null before the first one, whose lines are all kept.</param>
    public bool Keeps(string type, JsonElement happened, Level? level, Invocation? invocation)
    {
        if (type == "platform.start") IsUrgent = false;
        if (invocation is null || IsKept(invocation)) return true;
        if (IsWorthKeeping(type, happened, level)) return IsUrgent = true;
        untold = new SampledAway(untold.Invocations + (type == "platform.start" ? 1 : 0), untold.Lines + 1);
        return false;
    }

    /// <summary>What was left out since the last call.</summary>
    public SampledAway TakeUntold()
    {
        var taken = untold;
        untold = default;
        return taken;
    }

    private bool IsKept(Invocation invocation)
    {
        if (share >= 1) return true;
        if (ReferenceEquals(decided, invocation)) return kept;
        decided = invocation;
        return kept = Place(invocation.RequestId) < share;
    }

    private static bool IsWorthKeeping(string type, JsonElement happened, Level? level) => type switch
    {
        "function" or "extension" => level >= Level.Warn,
        "platform.runtimeDone" or "platform.report" =>
            EventJson.Member(happened, "record") is { } record
            && EventJson.Text(record, "status") is not (null or "success"),
        "platform.start" or "platform.end" => false,
        _ => true,
    };

    /// <summary>
    /// A request id's place among all ids, from 0 to below 1: the same for every attempt and in every environment.
    /// </summary>
    /// <remarks>
    /// FNV-1a, whose bits are mixed once more, because ids that differ at their end would lie together.
    /// </remarks>
    private static double Place(string requestId)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var character in requestId) hash = (hash ^ character) * 1_099_511_628_211UL;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL;
        hash ^= hash >> 33;
        return (hash >> 11) * (1.0 / (1UL << 53));
    }
}

/// <summary>What sampling has left out.</summary>
/// <param name="Invocations">Whose lines were left out.</param>
internal readonly record struct SampledAway(long Invocations, long Lines);
