namespace Isobar.Local.Lambda.EventSources;

/// <summary>Reads the source of one mapping.</summary>
internal interface IMappingReader : IAsyncDisposable
{
    EventSourceMapping Mapping { get; }

    /// <summary>Stops reading, and leaves to the source what no invocation has seen.</summary>
    void Stop();

    /// <summary>Runs an action once the reader has stopped and its batches have ended.</summary>
    void WhenStopped(Func<Task> action);

    /// <summary>Stops as <see cref="Stop"/> does, and waits for the batches under way.</summary>
    /// <param name="bound">Real time; past it what still runs ends with the host.</param>
    ValueTask StopAsync(TimeSpan bound);
}
