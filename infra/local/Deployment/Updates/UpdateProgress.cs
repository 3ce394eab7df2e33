namespace Isobar.Local.Deployment.Updates;

/// <summary>How far an update is.</summary>
/// <param name="Number">Of the update, from 1.</param>
/// <param name="Events">Those that were asked for, in order.</param>
/// <param name="Next">How many events there were; the next question asks for those after it.</param>
/// <param name="Outcome">Null while the update runs.</param>
internal sealed record UpdateProgress(
    int Number, IReadOnlyList<StackEvent> Events, int Next, UpdateOutcome? Outcome);

/// <summary>The update that runs or ran last, with its events. Owned by a monitor.</summary>
internal sealed class UpdateState
{
    /// <summary>Events that are kept: three for each of the most resources that a template may have, and some for the
    /// stack.</summary>
    public const int MaxEvents = 3_000;

    private readonly List<StackEvent> events = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int number;
    private int dropped;
    private UpdateOutcome? outcome;
    private bool isTaken;

    /// <summary>Takes the place of the one update at a time.</summary>
    /// <returns>False when another has it.</returns>
    public bool TryTake()
    {
        if (isTaken) return false;
        return isTaken = true;
    }

    public void GiveBack() => isTaken = false;

    /// <summary>An update begins, in the place that was taken.</summary>
    public int Begin()
    {
        events.Clear();
        (outcome, dropped) = (null, 0);
        return ++number;
    }

    public void Add(StackEvent happened)
    {
        if (events.Count == MaxEvents)
        {
            events.RemoveAt(0);
            dropped++;
        }

        events.Add(happened);
        Tell();
    }

    public void End(UpdateOutcome ended)
    {
        (outcome, isTaken) = (ended, false);
        Tell();
    }

    /// <param name="after">How many events the caller has seen.</param>
    /// <returns>The progress, and what ends when there is more.</returns>
    public (UpdateProgress Progress, Task More) Since(int after)
    {
        var next = dropped + events.Count;
        var unseen = events.Skip(Math.Max(0, after - dropped)).ToList();
        return (new UpdateProgress(number, unseen, next, outcome), changed.Task);
    }

    private void Tell()
    {
        changed.TrySetResult();
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
