using System.Collections.Concurrent;

namespace Isobar.Local.Lambda.Processes;

/// <summary>
/// A thread that does what it is given, in order, until it is disposed. Namespaces belong to a thread, and so does the
/// kernel's promise to kill a child when its parent ends.
/// </summary>
internal sealed class WorkThread : IDisposable
{
    // At most a few starts an environment are under way at once.
    private const int MaxWaiting = 1_024;

    private readonly BlockingCollection<Action> work = new(MaxWaiting);

    public WorkThread(string name) =>
        new Thread(Run, maxStackSize: 512 * 1024) { IsBackground = true, Name = name }.Start();

    /// <summary>Does a step on the thread. What it throws, the task throws.</summary>
    public Task<T> RunAsync<T>(Func<T> step)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(() =>
        {
            try
            {
                done.SetResult(step());
            }
            catch (Exception reason)
            {
                done.SetException(reason);
            }
        });
        return done.Task;
    }

    public void Dispose() => work.CompleteAdding();

    private void Run()
    {
        foreach (var step in work.GetConsumingEnumerable()) step();
    }
}
