using Isobar.Benchmarks.Domain;

// One line a benchmark: its command, what it compares, and how to run it.
(string Command, string Compares, Func<Task<int>> Run)[] benchmarks =
[
    ("domain", "parse, validate, convert, aggregate: the domain, CsvHelper, the raw read; memory over 1 GB",
        DomainBenchmark.RunAsync),
];

var chosen = benchmarks.Where(benchmark => args is [var command] && benchmark.Command == command).ToList();
if (chosen is [var benchmark])
{
#if DEBUG
    Console.Error.WriteLine("A debug build; figures mean little. Run with -c Release.");
#endif
    return await benchmark.Run();
}

Console.Error.WriteLine("dotnet run -c Release --project tests/Benchmarks -- COMMAND");
foreach (var (command, compares, _) in benchmarks) Console.Error.WriteLine($"  {command,-10} {compares}");
return 2;
