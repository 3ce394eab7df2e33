using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>A record, or a dead letter, on its way.</summary>
internal sealed class RecordDelivery : OutgoingDelivery
{
    /// <summary>Called when the target will never have it.</summary>
    public required Action<DeliveryFailure> Lost { private get; init; }

    /// <summary>Called when the target has it.</summary>
    public Action? Taken { private get; init; }

    public override TimeSpan? Pause(int attempts, TimeSpan age)
    {
        if (attempts >= AsynchronousLimits.MaxDeliveryAttempts) return null;
        var pause = AsynchronousLimits.FirstDeliveryPause * Math.Pow(2, attempts - 1);
        return pause < AsynchronousLimits.LongestDeliveryPause ? pause : AsynchronousLimits.LongestDeliveryPause;
    }

    public override DeadLetter? DeadLetter(DeliveryFailure failure) => null;

    public override void Delivered() => Taken?.Invoke();

    public override void GivenUp(DeliveryFailure failure) => Lost(failure);
}
