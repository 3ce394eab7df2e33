namespace Isobar.Telemetry.Shipping;

/// <summary>Stores batches.</summary>
internal interface IObjectStore
{
    /// <summary>Writes an object; one with the same key is overwritten.</summary>
    /// <returns>Null if it was written; otherwise the reason, in a few words.</returns>
    Task<string?> PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);
}
