using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>An invocation found no provisioned environment free and runs on demand.</summary>
/// <param name="Qualifier">The version or alias that the caller named.</param>
internal sealed record InvocationSpilledOver(
    string RequestId, string FunctionName, string? Qualifier, string Version) : IFunctionFact, IMeasuredFact
{
    private const string Spillovers = "ProvisionedConcurrencySpilloverInvocations";

    public string? TraceId { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics =>
    [
        new MetricDatum(ProvisionedMetrics.Of(Spillovers, FunctionName), 1, MetricUnit.Count),
        new MetricDatum(
            ProvisionedMetrics.Of(Spillovers, FunctionName, Qualifier ?? Version), 1, MetricUnit.Count),
    ];
}

/// <summary>
/// Runs invocations under Lambda's concurrency limits: the one way from Lambda's doors to the environments.
/// </summary>
internal sealed class Invoker(
    Monitor<FunctionRegistry> functions, IEnvironmentPool pool, Journal journal)
{
    /// <summary>Runs one invocation and waits for what it comes to.</summary>
    /// <param name="cancellationToken">Stops the wait, not the invocation.</param>
    /// <exception cref="AwsException">
    /// TooManyRequestsException: a concurrency limit; ServiceException: this machine can take no more;
    /// ResourceNotFoundException: the function has been deleted since it was resolved.
    /// </exception>
    public async ValueTask<InvocationOutcome> InvokeAsync(
        ResolvedFunction function, InvocationRequest request, CancellationToken cancellationToken)
    {
        var admission = Enter(function, request);
        Report(admission, function, request);
        var running = RunAsync(admission, function, request);
        return cancellationToken.CanBeCanceled
            ? await running.AsTask().WaitAsync(cancellationToken)
            : await running;
    }

    private void Report(Admission admission, ResolvedFunction function, InvocationRequest request)
    {
        if (!admission.IsSpillover) return;
        journal.Record(new InvocationSpilledOver(
            request.RequestId, function.Name, function.Qualifier, admission.Function.Version)
        {
            TraceId = request.TraceId,
        });
    }

    // It goes on when the caller has hung up: until it has ended it is counted, and then its metrics are.
    private async ValueTask<InvocationOutcome> RunAsync(
        Admission admission, ResolvedFunction function, InvocationRequest request)
    {
        try
        {
            var outcome = await pool.InvokeAsync(admission.Configuration, request, CancellationToken.None);
            journal.Record(new InvocationEnded(
                request.RequestId, function.Name, function.Qualifier, outcome.ExecutedVersion,
                outcome.FunctionError is not null, outcome.Duration, admission.At)
            {
                Concurrency = admission.Concurrency,
                Measured = function.MetricsOf(outcome.ExecutedVersion),
                TraceId = request.TraceId,
            });
            return outcome;
        }
        catch (HostUnavailableException e)
        {
            throw LambdaErrors.Service(e.Message, e);
        }
        finally
        {
            functions.Post((registry, _) => registry.Leave(admission));
        }
    }

    private Admission Enter(ResolvedFunction function, InvocationRequest request)
    {
        try
        {
            return functions.Ask((registry, now) => registry.Enter(function, request.Priority, now))
                ?? throw LambdaErrors.FunctionNotFound(function.QualifiedArn);
        }
        catch (AwsException e) when (e.Code == LambdaErrors.Throttled)
        {
            journal.Record(new InvocationThrottled(
                request.RequestId, function.Name, function.Qualifier, (string)e.Members!["Reason"]!, request.Caller)
            {
                TraceId = request.TraceId,
            });
            throw;
        }
    }
}
