using Isobar.Benchmarks.Invocations;

namespace Isobar.Benchmarks.Burst;

/// <summary>How calls of the API were answered.</summary>
/// <param name="Failed">Answers of 500 and above, and calls without one.</param>
internal sealed record Calls(Latencies Answered, int Count, int Failed)
{
    public override string ToString() =>
        $"{Count} calls, p50 {Answered.At(0.5):0} ms, p99 {Answered.At(0.99):0} ms, longest {Answered.At(1):0} ms, "
        + $"{Failed} failed";
}

/// <summary>Calls one address of the API, ten times a second if it is quick, until it is told to end.</summary>
internal sealed class ApiCalls : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly CancellationTokenSource ending = new();
    private readonly List<TimeSpan> took = [];
    private int failed;
    private Task calling = Task.CompletedTask;

    private ApiCalls()
    {
    }

    public static ApiCalls Begin(Uri address)
    {
        var calls = new ApiCalls();
        calls.calling = calls.CallAsync(address);
        return calls;
    }

    public async Task<Calls> EndAsync()
    {
        await ending.CancelAsync();
        await calling;
        return new Calls(new Latencies([.. took]), took.Count, failed);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        client.Dispose();
        ending.Dispose();
    }

    private async Task CallAsync(Uri address)
    {
        using var next = new PeriodicTimer(Interval);
        do
        {
            var begun = TimeProvider.System.GetTimestamp();
            try
            {
                using var answer = await client.GetAsync(address);
                if ((int)answer.StatusCode >= 500) failed++;
                else if ((int)answer.StatusCode != 200) throw new InvalidDataException($"{answer.StatusCode}");
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                failed++;
            }

            took.Add(TimeProvider.System.GetElapsedTime(begun));
        }
        while (!ending.IsCancellationRequested && await next.WaitForNextTickAsync());
    }
}
