using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>The end of a mapping's reader: told once, when it has stopped and its batches have ended.</summary>
internal sealed class ReaderEnd
{
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Reached() => stopped.TrySetResult();

    /// <summary>Runs an action at the end.</summary>
    public async void When(Func<Task> action)
    {
        await stopped.Task;
        await action();
    }

    /// <summary>Waits for the end, but no longer than a bound of real time.</summary>
    public async ValueTask WaitAsync(TimeSpan bound)
    {
        try
        {
            await stopped.Task.WaitAsync(bound);
        }
        catch (TimeoutException)
        {
            // Its environments end with the host.
        }
    }

    /// <summary>Holds the clock until an effect has ended.</summary>
    /// <remarks>What is thrown there is a defect, and ends the host.</remarks>
    public static async void Hold(ValueTask work, Activity.Lease lease)
    {
        using (lease) await work;
    }
}
