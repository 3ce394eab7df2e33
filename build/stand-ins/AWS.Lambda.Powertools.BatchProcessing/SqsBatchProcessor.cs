using System;
using System.Collections.Generic;
using System.Linq;
using Amazon.Lambda.SQSEvents;

namespace AWS.Lambda.Powertools.BatchProcessing.Sqs;

/// <summary>Processes batches of SQS messages; a FIFO queue's batch stops at the first failure.</summary>
public interface ISqsBatchProcessor : IBatchProcessor<SQSEvent, SQSEvent.SQSMessage>;

/// <inheritdoc cref="ISqsBatchProcessor"/>
public class SqsBatchProcessor : BatchProcessor<SQSEvent, SQSEvent.SQSMessage>, ISqsBatchProcessor
{
    private SqsBatchProcessor()
    {
    }

    public static ISqsBatchProcessor Instance { get; } = new SqsBatchProcessor();

    /// <summary>The result of the batch that was last processed; null before the first.</summary>
    public static ProcessingResult<SQSEvent.SQSMessage> Result => Instance.ProcessingResult;

    private protected override ICollection<SQSEvent.SQSMessage> Records(SQSEvent @event) => @event.Records;

    private protected override string Id(SQSEvent.SQSMessage record) => record.MessageId;

    private protected override bool IsOrdered(SQSEvent @event) =>
        @event.Records.FirstOrDefault()?.EventSourceArn?.EndsWith(".fifo", StringComparison.OrdinalIgnoreCase) == true;
}
