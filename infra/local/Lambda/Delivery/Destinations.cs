using System.Globalization;
using Isobar.Local.History;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>
/// Sends the record of an ended event to its destination, and a failed event itself to the function's dead-letter
/// target: both, when both are set.
/// </summary>
/// <remarks>
/// An event's end is an effect, which holds the clock until this has returned; by then the deliveries are effects, too.
/// </remarks>
internal sealed class Destinations : IAsyncDisposable
{
    private const string Fifo = ".fifo";

    private readonly Deliveries deliveries;
    private readonly Monitor<DeliveryFailures> failures;
    private readonly Journal journal;
    private readonly Identifiers identifiers;

    public Destinations(ServiceContext context)
    {
        identifiers = context.Identifiers;
        journal = context.Journal;
        failures = new Monitor<DeliveryFailures>("lambda delivery failures", new DeliveryFailures(), context.Clock);
        deliveries = new Deliveries("lambda destinations",
            new OutgoingQueue(AsynchronousLimits.MaxPendingDeliveries, AsynchronousLimits.MaxPendingDeliveryBytes),
            context.Directory, context.Clock, journal);
    }

    /// <summary>Sends what the function's settings ask for.</summary>
    /// <param name="failure">Why the last try failed; not asked for when the event succeeded.</param>
    public void Send(EndedEvent ended, DeployedFunction? function, EventInvokeConfig config, EventFailure failure)
    {
        // AWS delivers both with the permissions of the function's execution role.
        var from = new DeliverySource(function?.Role ?? "lambda.amazonaws.com", ended.Function.Arn,
            Arn.TryParse(ended.Function.Arn)!.AccountId);
        if ((ended.Succeeded ? config.OnSuccess : config.OnFailure) is { } destination)
            SendRecord(ended, destination, from);
        if (!ended.Succeeded && function?.DeadLetterTarget is { } target)
            SendDeadLetter(ended, target, FunctionDeadLetter.Of(ended, failure, from));
    }

    public async ValueTask DisposeAsync()
    {
        if (deliveries.Pending is var pending and > 0) journal.Record(new RecordsAbandoned(pending));
        await deliveries.DisposeAsync();
        failures.Dispose();
    }

    private void SendDeadLetter(EndedEvent ended, Arn target, TargetEvent letter) =>
        Add(ended, target, letter, reason => journal.Record(new DeadLetterFailed(
            ended.Function.Name, ended.Request.RequestId, target.ToString(), reason,
            failures.Ask((state, _) => state.DeadLetterFailed(ended.Function.Name)))
        {
            TraceId = ended.Request.TraceId,
        }));

    private void SendRecord(EndedEvent ended, Arn destination, DeliverySource from)
    {
        // Source: AWS Lambda Developer Guide, "Retaining records of Lambda asynchronous invocations".
        if (destination.Service == "s3") destination = destination with
        {
            Resource = string.Create(CultureInfo.InvariantCulture, $"{destination.Resource}/aws/lambda/async/"
                + $"{ended.Function.Name}/{ended.At:yyyy/MM/dd}/{ended.At:yyyy-MM-ddTHH.mm.ss}-"
                + $"{identifiers.NewGuid()}"),
        };
        var record = new TargetEvent(InvocationRecord.Of(ended), from)
        {
            Source = "lambda",
            DetailType = "Lambda Function Invocation Result - " + (ended.Succeeded ? "Success" : "Failure"),
            Resources = [destination.ToString(), ended.Function.QualifiedArn],
            TraceHeader = ended.Request.TraceId,
        };
        Add(ended, destination, record, reason => journal.Record(new DestinationDeliveryFailed(
            ended.Function.Name, ended.Request.RequestId, destination.ToString(), reason,
            failures.Ask((state, _) => state.DestinationFailed(ended.Function.Name)))
        {
            TraceId = ended.Request.TraceId,
        }));
    }

    private void Add(EndedEvent ended, Arn target, TargetEvent happened, Action<string> lost)
    {
        if (target.Service is "sqs" or "sns" && target.Resource.EndsWith(Fifo, StringComparison.Ordinal))
        {
            lost("FIFO queues and topics can't be the target of asynchronous invocation.");
            return;
        }

        var delivery = new RecordDelivery
        {
            EventId = ended.Request.RequestId,
            Target = target,
            Event = happened,
            Accepted = ended.At,
            Lost = failure => lost(failure.ToString()),
        };
        if (!deliveries.TryAdd([delivery])) lost("Too many deliveries wait on this host.");
    }
}

/// <summary>How often deliveries failed for good, by function. Owned by a monitor.</summary>
internal sealed class DeliveryFailures
{
    private readonly Dictionary<string, int> destinations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> deadLetters = new(StringComparer.Ordinal);

    public int DestinationFailed(string functionName) => Count(destinations, functionName);

    public int DeadLetterFailed(string functionName) => Count(deadLetters, functionName);

    private static int Count(Dictionary<string, int> counts, string functionName) =>
        counts[functionName] = counts.GetValueOrDefault(functionName) + 1;
}
