using AWS.Lambda.Powertools.Logging;
using Isobar.Readings;

namespace Isobar.Remediate;

/// <summary>
/// Puts the records of a batch that Live failed on to the stream again. It writes nothing else: a reading that comes
/// twice is one reading, so the same batch may be sent again any number of times. A record that can
/// never be a reading fails again, and is in a new object then: delete that object. The caller deletes what was resent.
/// </summary>
public sealed class LiveBatches(IFailedBatches batches, IReadingStream stream)
{
    /// <param name="key">The key of the object that Lambda wrote.</param>
    /// <exception cref="BatchMissingException">There is no such object, or it may not be read.</exception>
    /// <exception cref="InvalidDataException">The object is not the record of a failed batch of the stream.</exception>
    /// <exception cref="IOException">The stream refused records; send the batch again.</exception>
    public async Task<Remedy> ResendAsync(string key, CancellationToken cancellationToken)
    {
        var entries = FailedBatch.Read(await batches.ReadAsync(key, cancellationToken), batches.Stream);
        var outcome = await stream.PutAsync(entries, cancellationToken);
        if (outcome.Refused is { Count: > 0 } refused)
            throw new IOException(
                $"{refused.Count} of {entries.Count} records of {key} were refused: {outcome.Reason}. Send it again.");
        Logger.LogInformation("{records} records of batch {key} put again", entries.Count, key);
        return new Remedy(null, "resent") { Batch = key, Records = entries.Count };
    }
}
