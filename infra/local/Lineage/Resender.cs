using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Isobar.Local.Lineage;

/// <summary>Sends what waits in a queue of failures to where it failed, and takes it out of the queue.</summary>
/// <param name="now">By the services' clock.</param>
internal sealed class Resender(IAmazonSQS queues, IAmazonLambda lambda, StackNames stack, DateTimeOffset now)
{
    /// <summary>Messages that one run sends; the others wait for the next.</summary>
    public const int MaxMessages = 1_000;

    // Long enough to send a batch; a message that stays in the queue can be seen again after it.
    private const int VisibilitySeconds = 60;
    private const int Batch = 10;

    /// <summary>Sends each message once. What is sent and fails again comes back to the queue.</summary>
    /// <param name="queue">One of <see cref="FailureQueue.Names"/>.</param>
    /// <param name="say">Is told each message that was sent, or why it stays.</param>
    public async Task<ResendCount> ResendAsync(string queue, Action<string> say, CancellationToken cancellationToken)
    {
        var url = stack.Physical(queue);
        // A message whose time of being hidden ends meanwhile would come a second time.
        var seen = new HashSet<string>();
        var stayed = 0;
        while (seen.Count < MaxMessages)
        {
            var answer = await queues.ReceiveMessageAsync(
                new ReceiveMessageRequest
                {
                    QueueUrl = url, MaxNumberOfMessages = Batch, VisibilityTimeout = VisibilitySeconds,
                    MessageAttributeNames = [FailedMessage.TargetAttribute],
                },
                cancellationToken);
            if (answer.Messages is not { Count: > 0 } messages) break;
            foreach (var message in messages.Where(message => seen.Add(message.MessageId)))
                if (!await SendAsync(queue, url, message, say, cancellationToken)) stayed++;
        }

        return new ResendCount(seen.Count - stayed, stayed, seen.Count >= MaxMessages);
    }

    private async Task<bool> SendAsync(
        string queue, string url, Message message, Action<string> say, CancellationToken cancellationToken)
    {
        try
        {
            var target = message.MessageAttributes?.GetValueOrDefault(FailedMessage.TargetAttribute)?.StringValue;
            var destination = FailureQueue.Of(
                queue, new FailedMessage(message.Body, target), stack.FunctionOf, now);
            if (destination is Stays stays)
            {
                say($"{message.MessageId}: stays. {stays.Why}");
                return false;
            }

            await DeliverAsync(destination, cancellationToken);
            // Afterwards: a message that is sent twice does no harm, one that is lost does.
            await queues.DeleteMessageAsync(url, message.ReceiptHandle, cancellationToken);
            say($"{message.MessageId}: sent to {Name(destination)}");
            return true;
        }
        catch (FormatException e)
        {
            say($"{message.MessageId}: stays. {e.Message}");
            return false;
        }
    }

    private Task DeliverAsync(Destination destination, CancellationToken cancellationToken) => destination switch
    {
        ToFunction to => lambda.InvokeAsync(
            new InvokeRequest
            {
                FunctionName = stack.Live(to.Function), InvocationType = InvocationType.Event, Payload = to.Payload,
            },
            cancellationToken),
        ToQueue to => queues.SendMessageAsync(
            new SendMessageRequest { QueueUrl = stack.Physical(to.Queue), MessageBody = to.Body }, cancellationToken),
        _ => throw new InvalidOperationException($"Nothing can be sent to {destination}."),
    };

    private static string Name(Destination destination) => destination switch
    {
        ToFunction to => to.Function,
        ToQueue to => to.Queue,
        _ => destination.ToString(),
    };
}

/// <param name="Sent">Messages that were sent and are out of the queue.</param>
/// <param name="Stayed">Messages that are none of this queue's kind, or that can't be mended by being sent.</param>
/// <param name="IsMore">Whether the queue may have more.</param>
internal sealed record ResendCount(int Sent, int Stayed, bool IsMore);
