using Amazon.DynamoDBv2.Model;

namespace Isobar.Remediate;

/// <summary>Reads the stream of the jobs table.</summary>
public interface IJobChanges
{
    /// <summary>The items after the changes of a batch, in the order of the changes.</summary>
    /// <exception cref="IOException">The stream no longer has the batch.</exception>
    IAsyncEnumerable<Dictionary<string, AttributeValue>> ReadAsync(
        StreamBatch batch, CancellationToken cancellationToken);
}
