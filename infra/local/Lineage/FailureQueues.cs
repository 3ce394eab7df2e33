using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Isobar.Local.Lineage;

/// <summary>Tells which queues of failures have something to send again.</summary>
internal sealed class FailureQueues(IAmazonSQS sqs, StackNames stack)
{
    private const string Count = "ApproximateNumberOfMessages";

    /// <param name="queue">Its name in the template.</param>
    /// <returns>False also for a queue that the stack does not have.</returns>
    public async Task<bool> HasMessagesAsync(string queue, CancellationToken cancellationToken)
    {
        if (stack.Find(queue) is not { } url) return false;
        var answer = await sqs.GetQueueAttributesAsync(
            new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = [Count] }, cancellationToken);
        return int.Parse(answer.Attributes[Count], CultureInfo.InvariantCulture) > 0;
    }
}
