using Isobar.Local.History;

namespace Isobar.Local.Costs;

/// <summary>How much of something was used.</summary>
/// <param name="Quantity">In the meter's own unit: requests, GB-seconds, GB.</param>
internal readonly record struct Charge(Meter Meter, decimal Quantity)
{
    /// <summary>A request counts once for each 64 KB of its payload, in SQS, SNS and EventBridge.</summary>
    /// <remarks>Source: the pricing pages of these services.</remarks>
    public const int ChunkBytes = 65_536;

    /// <summary>A GB of log data, storage and messages.</summary>
    public const decimal GigabyteBytes = 1_073_741_824;

    /// <summary>Requests that a payload counts as: one at least.</summary>
    public static Charge Chunks(Meter meter, long bytes) =>
        new(meter, Math.Max(1, (bytes + ChunkBytes - 1) / ChunkBytes));
}

/// <summary>A fact that AWS charges for.</summary>
internal interface IChargedFact : IFact
{
    /// <summary>The function whose work it is; null for clients outside and for AWS's own services.</summary>
    string? Payer => null;

    IEnumerable<Charge> Charges { get; }
}
