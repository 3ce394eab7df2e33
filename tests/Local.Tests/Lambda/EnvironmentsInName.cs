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

    /// <summary>How many provisioned environments this machine is said to hold.</summary>
    public int MaxProvisioned { get; set; } = 1_000;

    /// <summary>The provisioned environments that are to be there now.</summary>
    public ProvisionedPlaces Wanted { get; private set; } = new(0, []);

    /// <summary>Who asked for them, and is to be told what becomes of them.</summary>
    public IProvisioningOwner? Owner { get; private set; }

    public void Provision(ProvisionedPlaces wanted, IProvisioningOwner owner)
    {
        lock (Requests)
        {
            if (wanted.Number > Wanted.Number) Wanted = wanted;
            Owner = owner;
        }
    }

    /// <summary>All environments that were asked for are initialized.</summary>
    public void Allocate()
    {
        foreach (var (function, count) in Wanted.Places) Owner!.BecameAvailable(function, count);
    }

    public string? WhyNotProvision(FunctionConfiguration function, int together) =>
        together > MaxProvisioned ? $"at most {MaxProvisioned}" : null;

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
