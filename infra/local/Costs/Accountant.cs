using Isobar.Local.History;

namespace Isobar.Local.Costs;

/// <summary>Adds up what AWS would charge for, as the journal is written.</summary>
internal sealed class Accountant
{
    private readonly Journal journal;
    private readonly Ledger ledger = new();

    private Accountant(Journal journal)
    {
        this.journal = journal;
        journal.Attach(ledger);
    }

    public static Accountant Start(Journal journal) => new(journal);

    /// <summary>Everything from the host's start until now: all facts that the journal has are in it.</summary>
    public Receipt Read() => journal.Ask(ledger.Receipt);
}
