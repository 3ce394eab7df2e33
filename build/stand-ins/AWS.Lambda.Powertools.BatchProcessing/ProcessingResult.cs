using System.Collections.Generic;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using System.Threading;

namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>How a batch went: every record is either a success or a failure.</summary>
public class ProcessingResult<TRecord>
{
    public BatchItemFailuresResponse BatchItemFailuresResponse { get; } = new();

    public List<TRecord> BatchRecords { get; } = [];

    public List<RecordSuccess<TRecord>> SuccessRecords { get; } = [];

    public List<RecordFailure<TRecord>> FailureRecords { get; } = [];
}

/// <summary>The partial batch response that Lambda's event source mappings understand.</summary>
[DataContract]
public class BatchItemFailuresResponse
{
    internal BatchItemFailuresResponse()
    {
    }

    [DataMember(Name = "batchItemFailures")]
    [JsonPropertyName("batchItemFailures")]
    public List<BatchItemFailure> BatchItemFailures { get; init; } = [];

    /// <summary>One record to deliver again.</summary>
    [DataContract]
    public class BatchItemFailure
    {
        [DataMember(Name = "itemIdentifier")]
        [JsonPropertyName("itemIdentifier")]
        public string ItemIdentifier { get; init; }
    }
}

/// <summary>How to go through a batch.</summary>
public class ProcessingOptions
{
    public CancellationToken? CancellationToken { get; init; }

    /// <summary>Null is as many as there are processors.</summary>
    public int? MaxDegreeOfParallelism { get; init; }

    public BatchProcessorErrorHandlingPolicy? ErrorHandlingPolicy { get; init; }

    public bool BatchParallelProcessingEnabled { get; init; }

    /// <summary>A batch without one success is an exception, so that Lambda counts an error.</summary>
    public bool ThrowOnFullBatchFailure { get; init; } = true;
}

/// <summary>What to do with the rest of a batch when a record fails.</summary>
public enum BatchProcessorErrorHandlingPolicy
{
    /// <summary>Stop for a FIFO queue, whose order would be lost; go on for others.</summary>
    DeriveFromEvent,
    ContinueOnBatchItemFailure,
    StopOnFirstBatchItemFailure,
}
