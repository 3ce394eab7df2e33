using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Isobar.Summaries;

/// <summary>Sends summary messages in batches.</summary>
/// <param name="queueUrl">The queue's URL.</param>
public sealed class SummaryQueue(IAmazonSQS client, string queueUrl) : ISummaryQueue
{
    /// <summary>Entries in a batch. Source: Amazon SQS API Reference, SendMessageBatch.</summary>
    private const int MaxEntries = 10;

    /// <exception cref="IOException">
    /// SQS rejected an entry. Send all messages again: duplicates do no harm.
    /// </exception>
    public async Task SendAsync(IReadOnlyList<SummaryMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var batch in messages.Chunk(MaxEntries))
        {
            var answer = await client.SendMessageBatchAsync(
                new SendMessageBatchRequest { QueueUrl = queueUrl, Entries = [.. batch.Select(Entry)] },
                cancellationToken);
            if (answer.Failed is not [var first, ..]) continue;
            throw new IOException(
                $"{answer.Failed.Count} summary messages were rejected: {first.Code} {first.Message}");
        }
    }

    private static SendMessageBatchRequestEntry Entry(SummaryMessage message, int index) => new()
    {
        Id = index.ToString(CultureInfo.InvariantCulture),
        MessageBody = message.ToJson(),
        MessageGroupId = message.Group,
        MessageDeduplicationId = message.DeduplicationId,
    };
}
