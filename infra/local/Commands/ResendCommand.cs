using System.CommandLine;
using Amazon.Lambda;
using Amazon.SQS;
using Isobar.Local.Lineage;

namespace Isobar.Local.Commands;

/// <summary>
/// Sends what failed for good and waits in a queue again: of AWS or a host, wherever the environment leads the AWS SDK.
/// </summary>
internal static class ResendCommand
{
    public static Command Create()
    {
        var queue = new Argument<string>("queue")
        {
            Description = $"The queue, as the template names it: {string.Join(", ", FailureQueue.Names)}",
        };
        queue.Validators.Add(result =>
        {
            var name = result.Tokens[0].Value;
            if (!FailureQueue.Names.Contains(name))
                result.AddError($"queue is one of {string.Join(", ", FailureQueue.Names)}; not '{name}'.");
        });
        var stack = TokenCommand.StackNameOption("The core stack, whose queue it is");
        var command = new Command(
            "resend", "Send the messages in a queue of failures to where they failed, once the cause is mended. "
            + "A message that stays is printed with the reason, and what to do instead; the exit status is then 1")
        {
            queue, stack,
        };
        command.SetAction((line, cancellationToken) => LineageErrors.ExplainedAsync(() => RunAsync(
            line.GetValue(queue)!, line.GetValue(stack)!, cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(string queue, string stack, CancellationToken cancellationToken)
    {
        using var cloudFormation = new SignedApi("cloudformation", "CloudFormation", TimeProvider.System);
        var names = await StackNames.FindAsync(cloudFormation, stack, cancellationToken);
        using var sqs = new AmazonSQSClient();
        using var lambda = new AmazonLambdaClient();
        // What has expired is for the services' clock to say, and a host's may be days ahead of this machine's.
        var now = cloudFormation.AnsweredAt ?? TimeProvider.System.GetUtcNow();
        var count = await new Resender(sqs, lambda, names, now)
            .ResendAsync(queue, Console.WriteLine, cancellationToken);
        Console.WriteLine($"{count.Sent} messages of {queue} sent again"
            + (count.Stayed > 0 ? $", {count.Stayed} stay" : "")
            + (count.IsMore ? "; there may be more: run it again" : ""));
        return count.Stayed > 0 ? 1 : 0;
    }
}
