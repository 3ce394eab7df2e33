using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Costs;

/// <summary>Reads the journal as it is written and adds up what AWS would charge for.</summary>
internal sealed class Accountant : IAsyncDisposable
{
    private readonly Journal journal;
    private readonly Monitor<Ledger> ledger;
    private readonly Journal.Subscription subscription;
    private readonly Task reading;

    private Accountant(Journal journal, ServiceClock clock)
    {
        this.journal = journal;
        ledger = new Monitor<Ledger>("accountant", new Ledger(), clock);
        subscription = journal.Subscribe(0, Journal.DefaultCapacity);
        reading = ReadAllAsync();
    }

    public static Accountant Start(Journal journal, ServiceClock clock) => new(journal, clock);

    /// <summary>Everything from the host's start until now.</summary>
    /// <remarks>All facts that the journal has when it is called are in it.</remarks>
    public async Task<Receipt> ReadAsync()
    {
        var last = journal.LastSequence;
        await ledger.Ask((state, _) => state.WhenRead(last));
        return ledger.Ask((state, _) => state.Receipt(subscription.Missed));
    }

    public async ValueTask DisposeAsync()
    {
        subscription.Dispose();
        await reading;
        ledger.Dispose();
    }

    private async Task ReadAllAsync()
    {
        await foreach (var entry in subscription.ReadAllAsync(CancellationToken.None))
            ledger.Post((state, _) => state.Take(entry));
        ledger.Post(static (state, _) => state.End());
    }
}
