namespace Isobar.Remediate;

/// <summary>The batches that Live failed on, as Lambda wrote them into the data bucket.</summary>
public interface IFailedBatches
{
    /// <summary>The name of the stream that the batches are from.</summary>
    string Stream { get; }

    /// <summary>The object of a batch.</summary>
    /// <exception cref="BatchMissingException">There is no such object, or it may not be read.</exception>
    /// <exception cref="InvalidDataException">It is larger than a failed batch can be.</exception>
    Task<ReadOnlyMemory<byte>> ReadAsync(string key, CancellationToken cancellationToken);
}

/// <summary>There is no such batch, or it may not be read: S3 tells both in the same way.</summary>
public sealed class BatchMissingException(string key) : Exception(
    $"There is no such object as {key}, or Remediate may not read it. A failed batch is in the data bucket, and its "
    + $"key begins with {FailedBatches.Prefix}.");
