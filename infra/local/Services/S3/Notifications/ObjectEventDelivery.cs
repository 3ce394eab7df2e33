namespace Isobar.Local.Services.S3.Notifications;

/// <summary>An event on its way to the target of a notification rule.</summary>
/// <remarks>AWS publishes no numbers: it is offered again after 1, 2, 4 … at most 60 s, then dropped.</remarks>
internal sealed class ObjectEventDelivery : OutgoingDelivery
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public required int MaxAttempts { private get; init; }

    public override TimeSpan? Pause(int attempts, TimeSpan age)
    {
        if (attempts >= MaxAttempts) return null;
        var pause = FirstPause * Math.Pow(2, Math.Min(attempts - 1, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    public override DeadLetter? DeadLetter(DeliveryFailure failure) => null;
}
