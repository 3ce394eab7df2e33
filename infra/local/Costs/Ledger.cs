using Isobar.Local.History;

namespace Isobar.Local.Costs;

/// <summary>
/// The sums of an <see cref="Accountant"/>. It grows with functions times meters, never with the facts. Owned by the
/// journal's monitor.
/// </summary>
internal sealed class Ledger : IFactCounter
{
    private readonly Dictionary<(string Payer, Meter Meter), decimal> sums = [];

    public void Take(IFact fact, DateTimeOffset now)
    {
        if (fact is not IChargedFact charged) return;
        foreach (var charge in charged.Charges) Add(charged.Payer ?? "", charge);
    }

    public void Add(string payer, Charge charge) =>
        sums[(payer, charge.Meter)] = sums.GetValueOrDefault((payer, charge.Meter)) + charge.Quantity;

    public Receipt Receipt() => new(sums.ToDictionary());
}
