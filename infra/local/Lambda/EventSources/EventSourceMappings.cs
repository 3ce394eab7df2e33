using Isobar.Local.Lambda.Control;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>Creates event source mappings and keeps a reader for each that is enabled.</summary>
/// <param name="sources">The services whose queues can be read.</param>
internal sealed class EventSourceMappings(IReadOnlyCollection<IQueueSource> sources, MappingSurroundings around)
    : IAsyncDisposable
{
    private readonly Monitor<MappingRegistry> registry = new("lambda mappings", new MappingRegistry(), around.Clock);

    public IReadOnlyList<QueueMapping> All() => registry.Ask((state, _) => state.All());

    public QueueMapping? Find(string uuid) => registry.Ask((state, _) => state.Find(uuid));

    /// <summary>Adds a mapping and, if it is enabled, starts to read its queue.</summary>
    /// <exception cref="AwsException">
    /// InvalidParameterValueException: a setting, the queue or the function; ResourceConflictException: it exists.
    /// </exception>
    public QueueMapping Create(MappingRequest request)
    {
        if (around.Find(request.FunctionName) is not { } function)
            throw LambdaErrors.InvalidParameter("Function does not exist");
        var source = sources.FirstOrDefault(candidate => candidate.Service == request.Queue.Service)
            ?? throw LambdaErrors.InvalidParameter("Unrecognized event source.");
        request.Validate();
        CheckQueue(request.Queue, source, function);
        var mapping = new QueueMapping(
            around.Identifiers.NewGuid().ToString(), request.Queue, request.FunctionName, function.Configuration.Arn,
            request.BatchSize, TimeSpan.FromSeconds(request.WindowSeconds), request.MaximumConcurrency,
            request.ReportsBatchItemFailures, request.Enabled, around.Clock.GetUtcNow());
        registry.Post((state, _) => state.Add(mapping));
        around.Journal.Record(new EventSourceMappingCreated(
            mapping.Uuid, mapping.Queue.ToString(), mapping.FunctionName, mapping.Enabled));
        if (!mapping.Enabled) return mapping;
        var reader = new QueueReader(mapping, source, around);
        registry.Post((state, _) => state.Attach(reader));
        reader.Start();
        return mapping;
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

    private static void CheckQueue(Arn queue, IQueueSource source, DeployedFunction function)
    {
        if (source.VisibilityTimeout(queue) is not { } visibility)
            throw LambdaErrors.InvalidParameter("Error occurred while ReceiveMessage. SQS Error Code: "
                + "AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.");
        var timeout = function.Configuration.Timeout;
        if (visibility < timeout)
            throw LambdaErrors.InvalidParameter($"Queue visibility timeout: {visibility.TotalSeconds:0} seconds is "
                + $"less than Function timeout: {timeout.TotalSeconds:0} seconds");
    }
}
