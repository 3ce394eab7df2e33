using Isobar.Benchmarks.Burst;
using Isobar.Benchmarks.ColdStarts;
using Isobar.Benchmarks.Domain;
using Isobar.Benchmarks.Edge;
using Isobar.Benchmarks.Extensions;
using Isobar.Benchmarks.Invocations;
using Isobar.Benchmarks.Pipeline;
using Isobar.Benchmarks.Streams;
using Isobar.Benchmarks.Telemetry;
using Isobar.Local.Deployment;

const string command = "dotnet run -c Release --project tests/Benchmarks --";

// One line a benchmark: its command, what it compares, and how to run it.
(string Command, string Compares, Func<Task<int>> Run)[] benchmarks =
[
    ("domain", "parse, validate, convert, aggregate: the domain, CsvHelper, the raw read; memory over 1 GB",
        DomainBenchmark.RunAsync),
    ("invoke", "a warm echo invocation through the host beside two bare hand-offs to the same process",
        InvokeBenchmark.RunAsync),
    ("memory", "the host's memory over 200,000 invocations", MemoryBenchmark.RunAsync),
    ("pipeline",
        "a station's full history from put to finished job beside a put and a get of the same bytes; the start",
        PipelineBenchmark.RunAsync),
    ("burst", "100 and 1,000 small files dropped at once, while GET /jobs is called", BurstBenchmark.RunAsync),
    ("cold", "cold starts four ways (JIT, ReadyToRun, Native AOT, provisioned) with the CPU of 128, 512 and 1,769 MB",
        ColdBenchmark.RunAsync),
    ("edge", "a cached page of the distribution with and without functions at the viewer's events",
        EdgeBenchmark.RunAsync),
    ("extensions", "what extensions cost: cold start, duration, time after the answer, memory, the bill",
        ExtensionsBenchmark.RunAsync),
    ("extensions-quick", "the same with two starts of each, in two minutes, to see that it works",
        ExtensionsBenchmark.RunQuicklyAsync),
    ("instrumentation", "init, warm calls and what follows a response, without and with the instrumentation layer",
        InstrumentationBenchmark.RunAsync),
    ("streams", "100,000 records of a table's stream and of Kinesis through a mapping, beside a bare reader of them",
        StreamsBenchmark.RunAsync),
    ("telemetry", "an invocation while the telemetry extension's bucket stalls for a minute, and while it does not",
        TelemetryBenchmark.RunAsync),
];

var chosen = benchmarks.Where(benchmark => args is [var name] && benchmark.Command == name).ToList();
if (chosen is [var benchmark])
{
#if DEBUG
    Console.Error.WriteLine("A debug build; figures mean little. Run with -c Release.");
#endif
    try
    {
        return await benchmark.Run();
    }
    catch (DeploymentException e)
    {
        // The build makes all that the host runs; with --no-build something may be missing, and each line says what.
        Console.Error.WriteLine($"{e.Message}\nTo build everything: {command} {benchmark.Command}");
        return 1;
    }
}

Console.Error.WriteLine($"{command} BENCHMARK");
foreach (var (name, compares, _) in benchmarks) Console.Error.WriteLine($"  {name,-16} {compares}");
return 2;
