using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Apis;

/// <summary>Waits with a parked poll.</summary>
internal static class PollAnswers
{
    /// <returns>Null when the connection went away first: then there is nobody to answer.</returns>
    public static async Task<PollAnswer?> WaitAsync(HttpContext http, ExecutionEnvironment environment, Poll poll)
    {
        using var dropped = http.RequestAborted.UnsafeRegister(static state =>
        {
            var (environment, poll) = ((ExecutionEnvironment, Poll))state!;
            environment.Post(at => new PollDropped(at, poll));
            poll.Abandon();
        }, (environment, poll));
        try
        {
            return await poll.Answer;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
