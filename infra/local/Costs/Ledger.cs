using Isobar.Local.History;

namespace Isobar.Local.Costs;

/// <summary>
/// The sums of an <see cref="Accountant"/>. It grows with functions times meters, never with the facts.
/// </summary>
internal sealed class Ledger
{
    private readonly Dictionary<(string Payer, Meter Meter), decimal> sums = [];
    private readonly List<(long Sequence, TaskCompletionSource Done)> waiting = [];
    private long read;
    private bool isOver;

    public void Take(JournalEntry entry)
    {
        if (entry.Fact is IChargedFact fact)
            foreach (var charge in fact.Charges) Add(fact.Payer ?? "", charge);
        read = entry.Sequence;
        Release();
    }

    public void Add(string payer, Charge charge) =>
        sums[(payer, charge.Meter)] = sums.GetValueOrDefault((payer, charge.Meter)) + charge.Quantity;

    /// <summary>No more entries come.</summary>
    public void End()
    {
        isOver = true;
        Release();
    }

    /// <summary>Completes when the entry of this number has been taken.</summary>
    public Task WhenRead(long sequence)
    {
        if (read >= sequence || isOver) return Task.CompletedTask;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add((sequence, done));
        return done.Task;
    }

    public Receipt Receipt(long missed) => new(sums.ToDictionary(), missed);

    private void Release()
    {
        if (waiting.Count == 0) return;
        foreach (var (sequence, done) in waiting)
            if (read >= sequence || isOver) done.TrySetResult();
        waiting.RemoveAll(waiter => read >= waiter.Sequence || isOver);
    }
}
