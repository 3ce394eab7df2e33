namespace Isobar.Telemetry.Shipping;

/// <summary>Where batches go.</summary>
internal interface IObjectStore
{
    /// <summary>Writes an object, over one of the same key.</summary>
    /// <returns>Null when the store has it; otherwise why not, in a few words.</returns>
    Task<string?> PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);
}
