namespace Isobar.Stories;

/// <summary>Something that is started when it is asked for first, and once only.</summary>
internal sealed class LazyStart<T>(Func<Task<T>> start) where T : class
{
    private Task<T>? started;
    private bool isReported;

    /// <summary>What was started; null if nobody asked for it, or if it did not start.</summary>
    public T? Started => started is { IsCompletedSuccessfully: true } ? started.Result : null;

    /// <summary>Starts it if need be, and waits for it.</summary>
    /// <exception cref="Exception">It did not start: the reason at first, and after that a skip.</exception>
    public T Value
    {
        get
        {
            // Not in the caller's context, which may be what the start waits for.
            started ??= Task.Run(start);
            if (isReported) Assert.Skip("The stack did not start; the first story that asked for it says why.");
            isReported = !Wait();
            return started.GetAwaiter().GetResult();
        }
    }

    private bool Wait()
    {
        ((IAsyncResult)started!).AsyncWaitHandle.WaitOne();
        return started.IsCompletedSuccessfully;
    }
}
