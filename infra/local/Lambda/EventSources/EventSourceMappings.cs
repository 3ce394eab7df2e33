using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.EventSources.Streams;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>Creates event source mappings and keeps a reader for each that is enabled.</summary>
internal sealed class EventSourceMappings(
    ServiceContext context, Invoker invoker, FunctionDirectory functions) : IAsyncDisposable
{
    private readonly Monitor<MappingRegistry> registry = new("lambda mappings", new MappingRegistry(), context.Clock);
    private readonly StreamFailures failures = new(context, functions);

    public IReadOnlyList<EventSourceMapping> All() =>
        [.. registry.Ask((state, _) => state.All()).Select(WithLastResult)];

    public EventSourceMapping? Find(string uuid) =>
        registry.Ask((state, _) => state.Find(uuid)) is { } mapping ? WithLastResult(mapping) : null;

    /// <summary>Whether the resource is a stream, which has other settings than a queue.</summary>
    public bool IsStream(Arn source) => context.Directory.Of<IStreamSource>(source) is not null;

    /// <summary>Adds a mapping and, if it is enabled, starts to read its source.</summary>
    /// <exception cref="AwsException">
    /// InvalidParameterValueException: a setting, the source or the function; ResourceConflictException: it exists.
    /// </exception>
    public EventSourceMapping Create(MappingRequest request)
    {
        var mapping = Check(request, context.Identifiers.NewGuid().ToString()) with { Tags = request.Tags };
        registry.Post((state, _) => state.Add(mapping));
        context.Journal.Record(new EventSourceMappingCreated(
            mapping.Uuid, mapping.Source.ToString(), mapping.FunctionName, mapping.Enabled));
        Read(mapping);
        return mapping;
    }

    /// <summary>
    /// Changes a mapping. Batches under way end as they would have; what no invocation has seen is handed back and read
    /// again by the new settings; a stream goes on behind the last record that is done.
    /// </summary>
    /// <exception cref="AwsException">Besides those of <see cref="Create"/>, ResourceNotFoundException.</exception>
    public EventSourceMapping Update(string uuid, MappingRequest request)
    {
        var mapping = Check(request, uuid);
        if (mapping is StreamMapping changed) return Configure(changed);
        var reader = registry.Ask((state, _) => state.Replace(mapping)
            ? state.Detach(uuid)
            : throw LambdaErrors.NotFound("The resource you requested does not exist."));
        if (reader is not null) Retire(reader);
        Read(mapping);
        return mapping;
    }

    /// <summary>Deletes a mapping; batches under way end as they would have.</summary>
    /// <returns>Null when there was none.</returns>
    public EventSourceMapping? Delete(string uuid)
    {
        var (mapping, reader) = registry.Ask((state, _) => (state.Delete(uuid), state.Detach(uuid)));
        if (reader is not null) Retire(reader);
        return mapping;
    }

    /// <returns>The tags; null when there is no such mapping.</returns>
    public SortedDictionary<string, string>? ChangeTags(string uuid, Action<SortedDictionary<string, string>> change) =>
        registry.Ask((state, _) => state.ChangeTags(uuid, change));

    // It is among the readers until it has stopped, so that the end of the host waits for it.
    private void Retire(IMappingReader reader)
    {
        registry.Post((state, _) => state.Retire(reader));
        reader.WhenStopped(async () =>
        {
            registry.Post((state, _) => state.Forget(reader));
            await reader.DisposeAsync();
        });
        reader.Stop();
    }

    private EventSourceMapping Check(MappingRequest request, string uuid)
    {
        if (functions.Resolve(request.Function, context.Region) is not { } resolved
            || functions.Current(resolved) is not { } function)
            throw LambdaErrors.InvalidParameter("Function does not exist");
        if (context.Directory.Of<IStreamSource>(request.Source) is { } stream)
            return Check(stream, request, uuid, resolved);
        var source = context.Directory.Of<IEventSource>(request.Source)
            ?? throw LambdaErrors.InvalidParameter("Unrecognized event source.");
        if (request.Stream.FirstGiven is { } foreign) throw Unsupported(foreign);
        request.Validate();
        var batchSize = request.BatchSize ?? MappingLimits.DefaultBatchSize;
        var settings = new EventSourceSettings(batchSize, request.WindowSeconds, function.Configuration.Timeout);
        if (source.Refuse(request.Source, settings) is { } reason) throw LambdaErrors.InvalidParameter(reason);
        return new QueueMapping(
            uuid, request.Source, resolved, batchSize,
            TimeSpan.FromSeconds(request.WindowSeconds), request.MaximumConcurrency,
            request.ReportsBatchItemFailures, request.Enabled, context.Clock.GetUtcNow())
        {
            CountsEvents = request.CountsEvents,
            Filter = RecordFilter.Read(request.Filters),
        };
    }

    private StreamMapping Check(
        IStreamSource source, MappingRequest request, string uuid, ResolvedFunction function)
    {
        if (request.MaximumConcurrency is not null) throw Unsupported("ScalingConfig");
        request.Validate();
        var settings = StreamRules.Read(request.Stream);
        if (source.Refuse(request.Source, settings.Start) is { } reason) throw LambdaErrors.InvalidParameter(reason);
        return new StreamMapping(
            uuid, request.Source, function, request.BatchSize ?? MappingLimits.DefaultStreamBatchSize,
            TimeSpan.FromSeconds(request.WindowSeconds), request.ReportsBatchItemFailures, request.Enabled,
            context.Clock.GetUtcNow(), settings)
        {
            CountsEvents = request.CountsEvents,
            Filter = RecordFilter.Read(request.Filters),
        };
    }

    // Recorded for DestinationConfig; the others by its example.
    private static AwsException Unsupported(string parameter) => LambdaErrors.InvalidParameter(
        $"Unsupported {parameter} parameter for given event source mapping type.");

    private void Read(EventSourceMapping mapping)
    {
        if (mapping is StreamMapping stream)
        {
            // It has a reader while it is disabled too, which knows how far the mapping is.
            var source = context.Directory.Of<IStreamSource>(stream.Stream)!;
            var role = functions.Current(stream.Function)?.Role ?? "";
            var reader = new StreamMappingReader(
                stream, source.CreateReader(stream.Stream, role), state => new StreamRunner(invoker, context, state),
                failures, context);
            registry.Post((state, _) => state.Attach(reader));
            reader.Start();
        }
        else if (mapping is QueueMapping { Enabled: true } queue)
        {
            var source = context.Directory.Of<IEventSource>(queue.Queue)!;
            var reader = new QueueReader(queue, source.CreateReader(queue.Queue), invoker, functions, context);
            registry.Post((state, _) => state.Attach(reader));
            reader.Start();
        }
    }

    private StreamMapping Configure(StreamMapping mapping)
    {
        var reader = registry.Ask((state, _) => state.Replace(mapping)
            ? state.Reader(mapping.Uuid)
            : throw LambdaErrors.NotFound("The resource you requested does not exist."));
        ((StreamMappingReader)reader!).Configure(mapping);
        return (StreamMapping)WithLastResult(mapping);
    }

    private EventSourceMapping WithLastResult(EventSourceMapping mapping) =>
        mapping is StreamMapping stream
        && registry.Ask((state, _) => state.Reader(stream.Uuid)) is StreamMappingReader reader
            ? stream with { LastProcessingResult = reader.LastResult }
            : mapping;

    /// <summary>Stops reading everywhere, then waits for the batches under way.</summary>
    /// <param name="bound">Real time, for all of them together.</param>
    public async ValueTask StopAsync(TimeSpan bound) =>
        await Task.WhenAll(Readers().Select(reader => reader.StopAsync(bound).AsTask()));

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in Readers()) await reader.DisposeAsync();
        await failures.DisposeAsync();
        registry.Dispose();
    }

    private IReadOnlyList<IMappingReader> Readers() => registry.Ask((state, _) => state.Readers());
}
