using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AWS.Lambda.Powertools.BatchProcessing.Exceptions;

namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>Hands the records of an event to a handler one by one, and accounts for each.</summary>
public interface IBatchProcessor<in TEvent, TRecord>
{
    ProcessingResult<TRecord> ProcessingResult { get; }

    Task<ProcessingResult<TRecord>> ProcessAsync(TEvent @event, IRecordHandler<TRecord> recordHandler);

    Task<ProcessingResult<TRecord>> ProcessAsync(
        TEvent @event, IRecordHandler<TRecord> recordHandler, CancellationToken cancellationToken);

    Task<ProcessingResult<TRecord>> ProcessAsync(
        TEvent @event, IRecordHandler<TRecord> recordHandler, ProcessingOptions processingOptions);
}

/// <summary>Every record counts as failed until its handler has returned: nothing is lost by stopping early.</summary>
public abstract class BatchProcessor<TEvent, TRecord> : IBatchProcessor<TEvent, TRecord>
{
    private protected BatchProcessor() => Common.PowertoolsEnvironment.Mark("BatchProcessing");

    public ProcessingResult<TRecord> ProcessingResult { get; private set; }

    public Task<ProcessingResult<TRecord>> ProcessAsync(TEvent @event, IRecordHandler<TRecord> recordHandler) =>
        ProcessAsync(@event, recordHandler, CancellationToken.None);

    public Task<ProcessingResult<TRecord>> ProcessAsync(
        TEvent @event, IRecordHandler<TRecord> recordHandler, CancellationToken cancellationToken) =>
        ProcessAsync(@event, recordHandler, new ProcessingOptions { CancellationToken = cancellationToken });

    public virtual async Task<ProcessingResult<TRecord>> ProcessAsync(
        TEvent @event, IRecordHandler<TRecord> recordHandler, ProcessingOptions processingOptions)
    {
        var options = processingOptions ?? new ProcessingOptions();
        var records = Records(@event);
        var outcomes = new ConcurrentDictionary<string, Outcome>(
            records.Select(r => KeyValuePair.Create(Id(r), Outcome.Unprocessed(Id(r), r))));
        try
        {
            await RunAsync(records, recordHandler, options, StopsOnFailure(@event, options), outcomes)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is CircuitBreakerException or OperationCanceledException)
        {
            // Stopped on purpose: what was not reached is a failure already.
        }

        ProcessingResult = Account(records, outcomes);
        if (options.ThrowOnFullBatchFailure && ProcessingResult.FailureRecords.Count == records.Count)
        {
            throw new BatchProcessingException(
                $"Entire batch of '{records.Count}' record(s) failed processing. See inner exceptions for details.",
                ProcessingResult.FailureRecords.Select(f => f.Exception));
        }

        return ProcessingResult;
    }

    private protected abstract ICollection<TRecord> Records(TEvent @event);

    private protected abstract string Id(TRecord record);

    private protected abstract bool IsOrdered(TEvent @event);

    private bool StopsOnFailure(TEvent @event, ProcessingOptions options) => options.ErrorHandlingPolicy switch
    {
        BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure => true,
        BatchProcessorErrorHandlingPolicy.ContinueOnBatchItemFailure => false,
        _ => IsOrdered(@event),
    };

    private async Task RunAsync(
        ICollection<TRecord> records,
        IRecordHandler<TRecord> handler,
        ProcessingOptions options,
        bool stopsOnFailure,
        ConcurrentDictionary<string, Outcome> outcomes)
    {
        async ValueTask HandleAsync(TRecord record, CancellationToken cancellationToken)
        {
            var id = Id(record);
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                var result = await handler.HandleAsync(record, cancellationToken).ConfigureAwait(false);
                outcomes[id] = Outcome.Handled(id, record, result);
            }
            catch (Exception e)
            {
                outcomes[id] = Outcome.Failed(id, record, new RecordProcessingException(
                    $"Failed processing record: '{id}'. See inner exception for details.", e));
                if (stopsOnFailure)
                {
                    throw new CircuitBreakerException(
                        "Error handling policy is configured to stop processing on first batch item failure. "
                        + "See inner exception for details.", e);
                }
            }
        }

        var cancellation = options.CancellationToken ?? CancellationToken.None;
        if (options.BatchParallelProcessingEnabled)
        {
            var parallel = new ParallelOptions
            {
                CancellationToken = cancellation,
                MaxDegreeOfParallelism = options.MaxDegreeOfParallelism ?? -1,
            };
            await Parallel.ForEachAsync(records, parallel, HandleAsync).ConfigureAwait(false);
            return;
        }

        foreach (var record in records)
        {
            await HandleAsync(record, cancellation).ConfigureAwait(false);
        }
    }

    private ProcessingResult<TRecord> Account(
        ICollection<TRecord> records, ConcurrentDictionary<string, Outcome> outcomes)
    {
        var result = new ProcessingResult<TRecord>();
        result.BatchRecords.AddRange(records);
        foreach (var outcome in records.Select(r => outcomes[Id(r)]))
        {
            if (outcome.Success is not null)
            {
                result.SuccessRecords.Add(outcome.Success);
                continue;
            }

            result.FailureRecords.Add(outcome.Failure);
            result.BatchItemFailuresResponse.BatchItemFailures.Add(new() { ItemIdentifier = outcome.Id });
        }

        return result;
    }

    private sealed record Outcome(string Id, RecordSuccess<TRecord> Success, RecordFailure<TRecord> Failure)
    {
        public static Outcome Unprocessed(string id, TRecord record) =>
            Failed(id, record, new UnprocessedRecordException($"Record: '{id}' has not been processed."));

        public static Outcome Handled(string id, TRecord record, RecordHandlerResult result) =>
            new(id, new() { RecordId = id, Record = record, HandlerResult = result }, null);

        public static Outcome Failed(string id, TRecord record, Exception error) =>
            new(id, null, new() { RecordId = id, Record = record, Exception = error });
    }
}
