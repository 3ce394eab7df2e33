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
        var mapping = Checked(context.Identifiers.NewGuid().ToString(), request) with { Tags = request.Tags };
        registry.Post((state, _) => state.Add(mapping));
        context.Journal.Record(new EventSourceMappingCreated(
            mapping.Uuid, mapping.Queue.ToString(), mapping.FunctionName, mapping.Enabled));
        if (mapping.Enabled) Read(mapping);
        return mapping;
    }

    /// <summary>
    /// Changes a mapping: whoever read for it hands back what no invocation has seen, and its batches under way end as
    /// they would have, while the next one reads.
    /// </summary>
    /// <returns>Null when there is no such mapping.</returns>
    /// <exception cref="AwsException">As <see cref="Create"/>; ResourceInUseException: it is being deleted.</exception>
    public QueueMapping? Update(string uuid, MappingRequest request)
    {
        var mapping = Checked(uuid, request);
        var (found, before) = registry.Ask((state, _) => state.Replace(mapping));
        if (!found) return null;
        if (before is not null) Retire(uuid, before);
        if (mapping.Enabled) Read(mapping);
        return Find(uuid) ?? mapping;
    }

    /// <summary>Stops reading; the mapping is gone when its batches under way have ended.</summary>
    /// <returns>The mapping as it is shown; null when there is none.</returns>
    /// <exception cref="AwsException">ResourceInUseException: it is being deleted.</exception>
    public QueueMapping? Delete(string uuid)
    {
        if (registry.Ask((state, _) => state.Delete(uuid)) is not var (mapping, reader)) return null;
        if (reader is not null) Retire(uuid, reader);
        return mapping;
    }

    /// <returns>The tags; null when there is no such mapping.</returns>
    public SortedDictionary<string, string>? ChangeTags(string uuid, Action<SortedDictionary<string, string>> change) =>
        registry.Ask((state, _) => state.ChangeTags(uuid, change));

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

    private QueueMapping Checked(string uuid, MappingRequest request)
    {
        if (functions.Resolve(request.Function, context.Region) is not { } resolved
            || functions.Current(resolved) is not { } function)
            throw LambdaErrors.InvalidParameter("Function does not exist");
        var source = Source(request.Queue);
        request.Validate();
        var settings = new EventSourceSettings(
            request.BatchSize, request.WindowSeconds, function.Configuration.Timeout);
        if (source.Refuse(request.Queue, settings) is { } reason) throw LambdaErrors.InvalidParameter(reason);
        return new QueueMapping(
            uuid, request.Queue, resolved, request.BatchSize, TimeSpan.FromSeconds(request.WindowSeconds),
            request.MaximumConcurrency, request.ReportsBatchItemFailures, request.Enabled, context.Clock.GetUtcNow());
    }

    private IEventSource Source(Arn resource) => context.Directory.Of<IEventSource>(resource)
        ?? throw LambdaErrors.InvalidParameter("Unrecognized event source.");

    private void Read(QueueMapping mapping)
    {
        var reader = new QueueReader(
            mapping, Source(mapping.Queue).CreateReader(mapping.Queue), invoker, functions, context);
        registry.Post((state, _) => state.Attach(mapping.Uuid, reader));
        reader.Start();
    }

    // What is thrown there is a defect, and ends the host.
    private async void Retire(string uuid, QueueReader reader)
    {
        using var work = context.Activity.Begin();
        await reader.StopAsync(MappingLimits.StopBound);
        registry.Post((state, _) => state.Detach(uuid, reader));
        await reader.DisposeAsync();
    }
}
