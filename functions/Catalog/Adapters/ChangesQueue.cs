using Amazon.SQS;

namespace Isobar.Catalog;

/// <summary>Sends changed files to SQS.</summary>
/// <param name="queueUrl">The queue's URL.</param>
public sealed class ChangesQueue(IAmazonSQS client, string queueUrl) : IChangesQueue
{
    public Task SendAsync(string key, CancellationToken cancellationToken) =>
        client.SendMessageAsync(queueUrl, new ChangedFile(key).ToJson(), cancellationToken);
}
