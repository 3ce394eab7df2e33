using System;
using System.Collections.Generic;

namespace AWS.Lambda.Powertools.BatchProcessing.Exceptions;

/// <summary>Every record of a batch failed.</summary>
internal sealed class BatchProcessingException(string message, IEnumerable<Exception> exceptions)
    : AggregateException(message, exceptions);

/// <summary>A handler's failure, with the record that it was about.</summary>
internal sealed class RecordProcessingException(string message, Exception inner) : Exception(message, inner);

/// <summary>A record that was never handed out.</summary>
internal sealed class UnprocessedRecordException(string message) : Exception(message);

/// <summary>Ends the processing of a batch at its first failure.</summary>
internal sealed class CircuitBreakerException(string message, Exception inner) : Exception(message, inner);
