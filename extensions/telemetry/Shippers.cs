using Isobar.Telemetry.Batching;
using Isobar.Telemetry.Events;
using Isobar.Telemetry.Otlp;
using Isobar.Telemetry.Shipping;

namespace Isobar.Telemetry;

/// <summary>A buffer and a shipper for each destination that is set, and the intake that fills the buffers.</summary>
internal sealed class Shippers
{
    private readonly Action<string> log;
    private readonly (Shipper Shipper, Task Running)[] shippers;

    /// <param name="function">The function's name.</param>
    /// <param name="write">Writes a line to the standard output.</param>
    public Shippers(Settings settings, string function, HttpClient http, TimeProvider clock, Action<string> write)
    {
        log = message => write(OwnLines.Prefix + message);
        var ids = new SpanIds(settings.EnvironmentId);
        var wanted = DestinationsOf(settings, function, ids, http, clock).ToArray();
        var limits = LineBufferLimits.Default.SharedBy(Math.Max(1, wanted.Length));
        LineBuffer[] buffers = [.. wanted.Select(each => new LineBuffer(each.Destination.Name, each.Format, limits))];
        var summary = settings.MetricsNamespace is { } space ? new InvocationSummary(space, function) : null;
        var intake = new EventIntake(
            settings.LeastLevel, new Sampling(settings.SampledShare), summary, new InvocationTracker(ids), buffers);
        Pipeline = new Pipeline(intake, buffers, clock, write);
        shippers =
        [
            .. wanted.Zip(Pipeline.Outlets, (each, outlet) =>
            {
                var shipper = new Shipper(outlet, each.Destination, clock, log);
                return (shipper, shipper.RunAsync());
            }),
        ];
    }

    public Pipeline Pipeline { get; }

    /// <summary>Names of the destinations.</summary>
    public IReadOnlyList<string> Destinations => [.. shippers.Select(each => each.Shipper.Destination)];

    /// <summary>Ships what is buffered, to all destinations at the same time.</summary>
    /// <param name="timeout">
    /// After this time, lines that are not shipped yet are lost; a log line says how many.
    /// </param>
    public async Task FinishAsync(TimeSpan timeout)
    {
        await Task.WhenAll(shippers.Select(each => each.Shipper.FinishAsync(each.Running, timeout)));
        await Task.WhenAll(shippers.Select(each => each.Shipper.FinishLateAsync()));
        foreach (var (shipper, _) in shippers)
            if (shipper.LeftLines is > 0 and var lost) log($"{lost} lines were not shipped to {shipper.Destination}");
    }

    private static IEnumerable<(IDestination Destination, IBatchFormat Format)> DestinationsOf(
        Settings settings, string function, SpanIds ids, HttpClient http, TimeProvider clock)
    {
        var environment = settings.EnvironmentId;
        if (settings.Bucket is { } bucket)
        {
            yield return (
                new BucketDestination(new S3Store(http, bucket, clock), $"telemetry/{function}", environment),
                new JsonLinesFormat(environment, LineBufferLimits.Default.BatchBytes / 4));
        }

        if (settings.Otlp is { } otlp)
        {
            var resource = new OtlpResource(
                settings.ServiceName ?? function, function, settings.FunctionVersion, settings.Region,
                (long)settings.MemoryMegabytes << 20, environment);
            yield return (new OtlpDestination(http, otlp, clock), new OtlpFormat(resource, ids, otlp.Compresses));
        }
    }
}
