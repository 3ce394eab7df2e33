using System.Globalization;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>Sends the records of batches that were given up to the on-failure destinations of their mappings.</summary>
internal sealed class StreamFailures(ServiceContext context, FunctionDirectory functions) : IAsyncDisposable
{
    private readonly Deliveries deliveries = new(
        "lambda on-failure destinations of streams",
        new OutgoingQueue(AsynchronousLimits.MaxPendingDeliveries, AsynchronousLimits.MaxPendingDeliveryBytes),
        context.Directory, context.Clock, context.Journal);

    /// <summary>Records that a batch was given up, and sends its record if the mapping wants that.</summary>
    public void Send(GiveUpBatch given)
    {
        var (mapping, batch) = (given.Mapping, given.Batch);
        var requestId = given.RequestId.Length > 0 ? given.RequestId : context.Identifiers.NewGuid().ToString();
        var destination = batch.Records.Count > 0 ? mapping.Settings.OnFailure : null;
        context.Journal.Record(new StreamBatchGivenUp(
            mapping.Uuid, mapping.FunctionName, requestId, batch.ShardId, batch.Records.Count, given.Condition,
            batch.Records.Count > 0 ? batch.Records[0].Record.SequenceNumber : "",
            batch.Records.Count > 0 ? batch.Records[^1].Record.SequenceNumber : "", destination?.ToString())
        {
            IsMeasured = mapping.CountsEvents,
        });
        if (destination is not null) Send(given, requestId, destination);
    }

    public ValueTask DisposeAsync() => deliveries.DisposeAsync();

    private void Send(GiveUpBatch given, string requestId, Arn destination)
    {
        var (mapping, now) = (given.Mapping, context.Clock.GetUtcNow());
        var isBucket = destination.Service == "s3";
        // Source: AWS Lambda Developer Guide, "Configuring destinations for failed invocations".
        var target = !isBucket ? destination : destination with
        {
            Resource = string.Create(CultureInfo.InvariantCulture, $"{destination.Resource}/aws/lambda/{mapping.Uuid}/"
                + $"{given.Batch.ShardId}/{now:yyyy/MM/dd}/{now:yyyy-MM-ddTHH.mm.ss}-"
                + $"{context.Identifiers.NewGuid()}"),
        };
        var source = context.Directory.Of<IStreamSource>(mapping.Stream)!;
        // AWS delivers with the permissions of the function's execution role.
        var from = new DeliverySource(
            functions.Current(mapping.Function)?.Role ?? "lambda.amazonaws.com", mapping.Function.Arn,
            Arn.TryParse(mapping.Function.Arn)!.AccountId);
        var delivery = new RecordDelivery
        {
            EventId = requestId,
            Target = target,
            Event = new TargetEvent(FailureRecord.Of(given, requestId, source, isBucket, now), from),
            Accepted = now,
            Taken = () => Count(given),
            Lost = failure => Lost(given, requestId, destination, failure.ToString()),
        };
        if (!deliveries.TryAdd([delivery]))
            Lost(given, requestId, destination, "Too many deliveries wait on this host.");
    }

    private void Count(GiveUpBatch given)
    {
        if (given.Mapping.CountsEvents)
            context.Metrics.Record(FunctionMetrics.OfMapping(
                "OnFailureDestinationDeliveredEventCount", given.Mapping.Uuid, given.Batch.Records.Count));
    }

    private void Lost(GiveUpBatch given, string requestId, Arn destination, string reason) =>
        context.Journal.Record(new StreamFailureLost(
            given.Mapping.Uuid, given.Mapping.FunctionName, requestId, destination.ToString(), reason));
}
