namespace Isobar.Remediate;

/// <summary>The batches that Live failed on, as Lambda wrote them into the data bucket.</summary>
public interface IFailedBatches
{
    /// <summary>The name of the stream that the batches are from.</summary>
    string Stream { get; }

    /// <summary>The object of a batch.</summary>
    /// <exception cref="BatchMissingException">There is no such object.</exception>
    /// <exception cref="InvalidDataException">It is larger than a failed batch can be.</exception>
    Task<ReadOnlyMemory<byte>> ReadAsync(string key, CancellationToken cancellationToken);
}

/// <summary>There is no such batch.</summary>
public sealed class BatchMissingException(string key) : Exception(
    $"There is no failed batch {key}. Its key begins with {FailedBatches.Prefix} and is in the data bucket.");
