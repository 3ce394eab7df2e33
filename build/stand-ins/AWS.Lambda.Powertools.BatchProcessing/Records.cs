using System;
using System.Threading;
using System.Threading.Tasks;

namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>Handles one record of a batch; an exception makes it a failed one.</summary>
public interface IRecordHandler<in TRecord>
{
    Task<RecordHandlerResult> HandleAsync(TRecord record, CancellationToken cancellationToken);
}

/// <summary>A record handler made of a delegate.</summary>
public class RecordHandler<TRecord> : IRecordHandler<TRecord>
{
    private readonly Func<TRecord, Task<RecordHandlerResult>> handle;

    private RecordHandler(Func<TRecord, Task<RecordHandlerResult>> handle) => this.handle = handle;

    public static IRecordHandler<TRecord> From(Action<TRecord> handlerAction) => new RecordHandler<TRecord>(record =>
    {
        handlerAction(record);
        return Task.FromResult(RecordHandlerResult.None);
    });

    public static IRecordHandler<TRecord> From(Func<TRecord, Task<RecordHandlerResult>> handlerFunc) =>
        new RecordHandler<TRecord>(handlerFunc);

    public Task<RecordHandlerResult> HandleAsync(TRecord record, CancellationToken cancellationToken) =>
        handle(record);
}

/// <summary>What a handler has to say of a record that it has handled.</summary>
public class RecordHandlerResult
{
    /// <summary>Nothing, which the real package writes as null.</summary>
    public static RecordHandlerResult None => null;

    public object Data { get; init; }

    public static RecordHandlerResult FromData(object data) => new() { Data = data };
}

/// <summary>A record that its handler has handled.</summary>
public class RecordSuccess<TRecord>
{
    public RecordHandlerResult HandlerResult { get; init; }

    public TRecord Record { get; init; }

    public string RecordId { get; init; }
}

/// <summary>A record that was not handled; the handler's exception is the inner one.</summary>
public class RecordFailure<TRecord>
{
    public Exception Exception { get; init; }

    public TRecord Record { get; init; }

    public string RecordId { get; init; }
}
