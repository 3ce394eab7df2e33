using System.Collections.Concurrent;
using System.Text;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda;

/// <summary>An environment pool without environments: the test says what each invocation comes to.</summary>
internal sealed class EnvironmentsInName : IEnvironmentPool
{
    private int inFlight;

    /// <summary>What an invocation comes to; gives the event back unless a test says otherwise.</summary>
    public Func<FunctionConfiguration, InvocationRequest, ValueTask<InvocationOutcome>> Run { get; set; } =
        (_, request) => ValueTask.FromResult(Success(request.Payload.ToArray()));

    /// <summary>Everything that was asked for, in order, with payloads copied.</summary>
    public ConcurrentQueue<InvocationRequest> Requests { get; } = new();

    public int InFlight => Volatile.Read(ref inFlight);

    public static InvocationOutcome Success(ReadOnlyMemory<byte> payload) =>
        new(payload, null, "$LATEST", default, TimeSpan.FromMilliseconds(1), null)
        {
            EnvironmentId = new string('0', 32),
        };

    public static InvocationOutcome Success(string payload) => Success(Encoding.UTF8.GetBytes(payload));

    public static InvocationOutcome Failure(string errorType = "Error") =>
        Success($$"""{"errorType":"{{errorType}}","errorMessage":"on purpose"}""") with
        {
            FunctionError = "Unhandled",
            ErrorType = errorType,
        };

    public async ValueTask<InvocationOutcome> InvokeAsync(
        FunctionConfiguration function, InvocationRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request with { Payload = request.Payload.ToArray() });
        Interlocked.Increment(ref inFlight);
        try
        {
            return await Run(function, request);
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    public ValueTask DrainAsync() => ValueTask.CompletedTask;
}
