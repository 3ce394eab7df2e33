using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>A wait in service time that whoever jumps the clock can see by name.</summary>
internal static class ServiceWait
{
    /// <remarks>What follows the wait begins inside the timer's callback, so a jump waits for it.</remarks>
    /// <exception cref="OperationCanceledException">The wait was ended early.</exception>
    public static async Task ForAsync(
        ServiceClock clock, string name, TimeSpan time, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource();
        using var timer = clock.CreateTimer(name, () => over.TrySetResult());
        await using var early = cancellationToken.Register(() => over.TrySetCanceled(cancellationToken));
        timer.FireAt(clock.GetUtcNow() + time);
        await over.Task;
    }
}
