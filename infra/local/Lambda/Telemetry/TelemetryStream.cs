using System.Net.Http.Headers;
using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Telemetry;

/// <summary>The monitor that owns an environment's <see cref="TelemetryState"/>.</summary>
internal interface ITelemetryOwner
{
    TAnswer Ask<TAnswer>(Func<TelemetryState, DateTimeOffset, TAnswer> question);
}

/// <summary>
/// Delivers an environment's telemetry to its subscribers, a worker each. The state decides what and when.
/// </summary>
internal sealed class TelemetryStream(
    string functionName, string environmentId, ITelemetryOwner owner, IEnvironmentNetwork network, Journal journal)
    : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = async (context, cancellation) =>
            await network.ConnectAsync(context.DnsEndPoint.Port, cancellation),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <returns>False once subscriptions are closed.</returns>
    public bool Subscribe(string extension, Subscription subscription)
    {
        if (owner.Ask((state, now) => state.Subscribe(extension, subscription, now)) is not { } subscribed)
            return false;
        journal.Record(new TelemetrySubscribed(functionName, environmentId, extension, subscription.Types));
        if (subscribed.IsNew) _ = Task.Run(() => DeliverAsync(extension, subscribed.Subscriber));
        return true;
    }

    /// <summary>The processes are about to be stopped.</summary>
    public void Pause() => Tell(static (state, now) => state.Pause(now));

    /// <summary>The processes run again.</summary>
    public void Resume() => Tell(static (state, now) => state.Resume(now));

    /// <summary>The process of a subscriber has ended.</summary>
    public void Unsubscribe(string extension) => Tell((state, _) => state.Unsubscribe(extension));

    /// <summary>Delivers what there is; the environment is shutting down.</summary>
    /// <param name="bound">Real time after which it no longer waits.</param>
    public async Task FlushAsync(TimeSpan bound, ServiceClock realTime)
    {
        try
        {
            await owner.Ask((state, now) => state.Flush(now)).WaitAsync(bound, realTime);
        }
        catch (TimeoutException)
        {
            // Whoever listens had its time; its SHUTDOWN event must come in time, too.
        }
    }

    public void Dispose()
    {
        Tell(static (state, _) => state.CloseAll());
        client.Dispose();
    }

    private async Task DeliverAsync(string extension, Subscriber subscriber)
    {
        while (await owner.Ask((_, now) => subscriber.Take(now)) is { } attempt)
        {
            var events = attempt.Batch.Events.Count;
            var refusal = await PostAsync(subscriber.Subscription, attempt);
            Tell((_, now) =>
            {
                if (refusal is null) subscriber.Succeeded();
                else subscriber.Failed(now);
            });
            journal.Record(refusal is null
                ? new TelemetryDelivered(functionName, environmentId, extension, events, attempt.Number)
                : new TelemetryRefused(functionName, environmentId, extension, events, attempt.Number, refusal));
        }
    }

    private void Tell(Action<TelemetryState, DateTimeOffset> message) => owner.Ask((state, now) =>
    {
        message(state, now);
        return true;
    });

    // Null when the listener has taken the events. Whatever else happens is its refusal.
    private async Task<string?> PostAsync(Subscription subscription, Attempt attempt)
    {
        using var cut = new CancellationTokenSource();
        using var request = new HttpRequestMessage(subscription.Method, subscription.Destination);
        request.Content = new ByteArrayContent(attempt.Batch.ToJsonArray());
        request.Content.Headers.ContentType = Json;
        try
        {
            var posting = client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cut.Token);
            if (await Task.WhenAny(posting, attempt.GivenUp) != posting) await cut.CancelAsync();
            using var response = await posting;
            return response.IsSuccessStatusCode ? null : $"status {(int)response.StatusCode}";
        }
        catch (Exception refused) when (refused is HttpRequestException or OperationCanceledException
            or ObjectDisposedException)
        {
            return refused.Message;
        }
    }
}
