using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Environments;

/// <summary>One invocation on its way through the pool and an environment.</summary>
/// <param name="work">Counts as work from its admission until it is answered; null where no clock jumps.</param>
internal sealed class Invocation(InvocationRequest request, Activity.Lease? work = null)
{
    private readonly TaskCompletionSource<InvocationOutcome> outcome =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InvocationRequest Request { get; } = request;

    public string RequestId => Request.RequestId;

    public Task<InvocationOutcome> Outcome => outcome.Task;

    /// <exception cref="InvalidOperationException">It was answered before: the lifecycle is wrong.</exception>
    public void Complete(InvocationOutcome result)
    {
        outcome.SetResult(result);
        work?.Dispose();
    }

    /// <summary>The invocation never began: the host refuses it.</summary>
    public void Refuse(Exception reason)
    {
        outcome.SetException(reason);
        work?.Dispose();
    }
}
