using Isobar.Local.Lambda.Control;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>Creates event source mappings and keeps a reader for each that is enabled.</summary>
internal sealed class EventSourceMappings(
    ServiceContext context, Invoker invoker, FunctionDirectory functions) : IAsyncDisposable
{
    private readonly Monitor<MappingRegistry> registry = new("lambda mappings", new MappingRegistry(), context.Clock);

    public IReadOnlyList<QueueMapping> All() => registry.Ask((state, _) => state.All());

    public QueueMapping? Find(string uuid) => registry.Ask((state, _) => state.Find(uuid));

    /// <summary>Adds a mapping and, if it is enabled, starts to read its queue.</summary>
    /// <exception cref="AwsException">
    /// InvalidParameterValueException: a setting, the queue or the function; ResourceConflictException: it exists.
    /// </exception>
    public QueueMapping Create(MappingRequest request)
    {
        var mapping = Check(request, context.Identifiers.NewGuid().ToString()) with { Tags = request.Tags };
        registry.Post((state, _) => state.Add(mapping));
        context.Journal.Record(new EventSourceMappingCreated(
            mapping.Uuid, mapping.Queue.ToString(), mapping.FunctionName, mapping.Enabled));
        if (mapping.Enabled) Read(mapping);
        return mapping;
    }

    /// <summary>
    /// Changes a mapping. Batches under way end as they would have; what no invocation has seen is handed back and read
    /// again by the new settings.
    /// </summary>
    /// <exception cref="AwsException">Besides those of <see cref="Create"/>, ResourceNotFoundException.</exception>
    public QueueMapping Update(string uuid, MappingRequest request)
    {
        var mapping = Check(request, uuid);
        var reader = registry.Ask((state, _) => state.Replace(mapping)
            ? state.Detach(uuid)
            : throw LambdaErrors.NotFound("The resource you requested does not exist."));
        if (reader is not null) Retire(reader);
        if (mapping.Enabled) Read(mapping);
        return mapping;
    }

    /// <summary>Deletes a mapping; batches under way end as they would have.</summary>
    /// <returns>Null when there was none.</returns>
    public QueueMapping? Delete(string uuid)
    {
        var (mapping, reader) = registry.Ask((state, _) => (state.Delete(uuid), state.Detach(uuid)));
        if (reader is not null) Retire(reader);
        return mapping;
    }

    /// <returns>The tags; null when there is no such mapping.</returns>
    public SortedDictionary<string, string>? ChangeTags(string uuid, Action<SortedDictionary<string, string>> change) =>
        registry.Ask((state, _) => state.ChangeTags(uuid, change));

    // It is among the readers until it has stopped, so that the end of the host waits for it.
    private void Retire(QueueReader reader)
    {
        registry.Post((state, _) => state.Retire(reader));
        reader.WhenStopped(async () =>
        {
            registry.Post((state, _) => state.Forget(reader));
            await reader.DisposeAsync();
        });
        reader.Stop();
    }

    private QueueMapping Check(MappingRequest request, string uuid)
    {
        if (functions.Resolve(request.Function, context.Region) is not { } resolved
            || functions.Current(resolved) is not { } function)
            throw LambdaErrors.InvalidParameter("Function does not exist");
        var source = context.Directory.Of<IEventSource>(request.Queue)
            ?? throw LambdaErrors.InvalidParameter("Unrecognized event source.");
        request.Validate();
        var settings = new EventSourceSettings(
            request.BatchSize, request.WindowSeconds, function.Configuration.Timeout);
        if (source.Refuse(request.Queue, settings) is { } reason) throw LambdaErrors.InvalidParameter(reason);
        return new QueueMapping(
            uuid, request.Queue, resolved, request.BatchSize,
            TimeSpan.FromSeconds(request.WindowSeconds), request.MaximumConcurrency,
            request.ReportsBatchItemFailures, request.Enabled, context.Clock.GetUtcNow())
        {
            CountsEvents = request.CountsEvents,
        };
    }

    private void Read(QueueMapping mapping)
    {
        var source = context.Directory.Of<IEventSource>(mapping.Queue)!;
        var reader = new QueueReader(mapping, source.CreateReader(mapping.Queue), invoker, functions, context);
        registry.Post((state, _) => state.Attach(reader));
        reader.Start();
    }

    /// <summary>Stops reading everywhere, then waits for the batches under way.</summary>
    /// <param name="bound">Real time, for all of them together.</param>
    public async ValueTask StopAsync(TimeSpan bound) =>
        await Task.WhenAll(Readers().Select(reader => reader.StopAsync(bound).AsTask()));

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in Readers()) await reader.DisposeAsync();
        registry.Dispose();
    }

    private IReadOnlyList<QueueReader> Readers() => registry.Ask((state, _) => state.Readers());
}
