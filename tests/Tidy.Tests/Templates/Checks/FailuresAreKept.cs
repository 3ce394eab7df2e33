using System.Text.Json.Nodes;

namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// Nothing that fails is lost or tried for ever: what a topic or a rule can't deliver goes to a queue, a function that
/// is called asynchronously has somewhere to put an event that it fails on, and a dead-letter queue that a function
/// reads has a dead-letter queue itself. A mapping that reads a stream gives up at some time, and says what.
/// </summary>
internal sealed class FailuresAreKept : ITemplateCheck
{
    private static readonly string[] Asynchronous = ["S3", "SNS", "EventBridgeRule", "Schedule", "ScheduleV2"];

    public IEnumerable<Finding> Find(Template template) =>
        template.Functions.SelectMany(Deliveries)
            .Concat(template.Of("AWS::SNS::Subscription")
                .Where(subscription => subscription.At("RedrivePolicy") is null)
                .Select(subscription => new Finding(subscription.Id, "loses what the topic cannot deliver")))
            .Concat(template.Functions.Where(function => IsCalledAsynchronously(template, function)
                    && !KeepsFailures(function))
                .Select(function => new Finding(function.Id, "loses the events that it fails on")))
            .Concat(template.Functions.SelectMany(function => Poison(template, function)))
            .Concat(template.Functions.SelectMany(Records));

    private static IEnumerable<Finding> Deliveries(TemplateResource function) =>
        function.Events("SNS").Where(entry => entry.Properties["RedrivePolicy"] is null)
            .Select(entry => new Finding($"{function.Id}.{entry.Name}", "loses what the topic cannot deliver"))
            .Concat(function.Events("EventBridgeRule").Where(entry => entry.Properties["DeadLetterConfig"] is null)
                .Select(entry => new Finding($"{function.Id}.{entry.Name}", "loses what the rule cannot deliver")));

    // Without a limit, a record that fails blocks its shard for as long as the stream keeps it, and is lost then.
    private static IEnumerable<Finding> Records(TemplateResource function) =>
        from entry in function.Events("DynamoDB", "Kinesis")
        where entry.Properties["DestinationConfig"]?["OnFailure"] is null
            || entry.Properties["MaximumRetryAttempts"] is null
        select new Finding($"{function.Id}.{entry.Name}", "loses the records that it fails on, or never gives up");

    private static bool IsCalledAsynchronously(Template template, TemplateResource function) =>
        function.Events(Asynchronous).Any()
        || template.Functions.Any(other => ((string[])["OnSuccess", "OnFailure"]).Any(outcome =>
            Intrinsic.Target(other.At("EventInvokeConfig", "DestinationConfig", outcome, "Destination"))
                == function.Id));

    private static bool KeepsFailures(TemplateResource function) =>
        function.At("DeadLetterQueue") is not null
        || function.At("EventInvokeConfig", "DestinationConfig", "OnFailure") is not null;

    private static IEnumerable<Finding> Poison(Template template, TemplateResource function) =>
        from entry in function.Events("SQS")
        let queue = template.Behind(entry.Properties["Queue"])
        where queue is not null && IsDeadLetterQueue(template, queue) && queue.At("RedrivePolicy") is null
        select new Finding(queue.Id, $"gives {function.Id} a message that it fails on until the message expires");

    private static bool IsDeadLetterQueue(Template template, TemplateResource queue) =>
        template.Of("AWS::SQS::Queue").Any(other =>
            Intrinsic.Target(other.At("RedrivePolicy", "deadLetterTargetArn")) == queue.Id);
}
