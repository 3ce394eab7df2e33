using Isobar.Local.Costs;
using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Control;

/// <summary>Provisioned concurrency was there for five minutes, used or not: AWS charges for that.</summary>
/// <param name="Qualifier">The version or alias that has it.</param>
/// <param name="Executions">How many environments.</param>
/// <param name="Duration">How long.</param>
internal sealed record ProvisionedConcurrencyKept(
    string FunctionName, string Qualifier, int Executions, int MemorySizeMb, TimeSpan Duration)
    : IFunctionFact, IChargedFact
{
    string IChargedFact.Payer => FunctionName;

    /// <remarks>Source: AWS Lambda pricing, "Provisioned Concurrency Pricing": memory of all, times the time.</remarks>
    public IEnumerable<Charge> Charges =>
    [
        new Charge(Meter.LambdaProvisionedGigabyteSeconds,
            Executions * (decimal)Duration.TotalSeconds * MemorySizeMb / 1_024m),
    ];
}

/// <summary>What was provisioned and used of it since the last sample.</summary>
/// <param name="Peak">The most that was at work at one time.</param>
/// <param name="Invocations">How many began.</param>
internal sealed record ProvisionedUse(
    FunctionConfiguration Configuration, string Qualifier, int Requested, int Peak, int Invocations);

/// <summary>
/// The metrics of provisioned concurrency, once a minute of service time while any is configured, and its charges, each
/// five minutes.
/// </summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Types of metrics for Lambda functions": nothing is published for a minute in
/// which nothing ran. A minute's value is the most that was used at one time in it.
/// </remarks>
internal sealed class ProvisionedMetrics : IDisposable
{
    /// <summary>Source: AWS Lambda pricing: the time is rounded up to five minutes.</summary>
    private const int ChargedMinutes = 5;

    // A minute's values are there when the minute ends, which is when alarms look at them.
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(1);

    private readonly Monitor<FunctionRegistry> functions;
    private readonly ServiceContext context;
    private readonly MinuteSampler sampler;

    public ProvisionedMetrics(Monitor<FunctionRegistry> functions, ServiceContext context)
    {
        (this.functions, this.context) = (functions, context);
        sampler = new MinuteSampler("lambda provisioned concurrency", context.Clock, Sample, Lead);
    }

    /// <summary>A metric of a version or alias.</summary>
    public static Metric Of(string name, string function, string qualifier) => new("AWS/Lambda", name,
        new MetricDimension("FunctionName", function), new MetricDimension("Resource", $"{function}:{qualifier}"));

    /// <summary>The same of the whole function.</summary>
    public static Metric Of(string name, string function) =>
        new("AWS/Lambda", name, new MetricDimension("FunctionName", function));

    /// <summary>Provisioned concurrency was configured.</summary>
    public void Wake() => sampler.Wake();

    public void Dispose() => sampler.Dispose();

    private bool Sample(DateTimeOffset now)
    {
        var all = functions.Ask(static (registry, _) => registry.TakeProvisionedUse());
        foreach (var use in all)
        {
            if (use.Peak > 0) Publish(use);
            if ((now.Minute + 1) % ChargedMinutes != 0) continue;
            context.Journal.Record(new ProvisionedConcurrencyKept(
                use.Configuration.FunctionName, use.Qualifier, use.Requested, use.Configuration.MemorySizeMb,
                TimeSpan.FromMinutes(ChargedMinutes)));
        }

        return all.Count > 0;
    }

    private void Publish(ProvisionedUse use)
    {
        var function = use.Configuration.FunctionName;
        Record("ProvisionedConcurrencyUtilization", (double)use.Peak / use.Requested, MetricUnit.None);
        Record("ProvisionedConcurrentExecutions", use.Peak, MetricUnit.Count);
        if (use.Invocations > 0) Record("ProvisionedConcurrencyInvocations", use.Invocations, MetricUnit.Count);

        void Record(string name, double value, string unit)
        {
            context.Metrics.Record(new MetricDatum(Of(name, function), value, unit));
            context.Metrics.Record(new MetricDatum(Of(name, function, use.Qualifier), value, unit));
        }
    }
}
