using Isobar.Local.Costs;

namespace Isobar.Local.Wire;

/// <summary>Notes of one call while it is answered; used by that call alone.</summary>
internal sealed class CallMeter
{
    private readonly List<Charge> charges = [];

    /// <summary>The action, without the service: <c>SendMessage</c>; empty before the request has been read.</summary>
    public string Operation { get; set; } = "";

    /// <summary>What only the operation itself can tell, such as the size of an item.</summary>
    public IReadOnlyList<Charge> Charges => charges;

    public void Add(Meter meter, decimal quantity)
    {
        if (quantity > 0) charges.Add(new Charge(meter, quantity));
    }
}
