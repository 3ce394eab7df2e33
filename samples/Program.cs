using System.Globalization;
using Isobar.Samples;

const string Usage = """
    Writes synthetic weather station files in GHCN-Daily's CSV layout.

      dotnet run --project samples -- --out DIR             the small files and expected.json
      dotnet run --project samples -- --history FILE        one station's full history: 390,000 rows, 13 MB
                                      [--rows N]            another number of rows
    """;

var options = new Dictionary<string, string>();
for (var index = 0; index < args.Length; index += 2)
{
    if (args[index] is not ("--out" or "--history" or "--rows") || index + 1 == args.Length)
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    options[args[index]] = args[index + 1];
}

if (options.TryGetValue("--out", out var directory))
{
    Directory.CreateDirectory(directory);
    foreach (var file in SampleSet.All)
        File.WriteAllBytes(Path.Combine(directory, file.Expected.File), file.ToStored());
    File.WriteAllBytes(Path.Combine(directory, "expected.json"), Expectation.ToJson(SampleSet.All));
}

if (options.TryGetValue("--history", out var path))
{
    var rows = options.TryGetValue("--rows", out var text)
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : History.Rows;
    using var history = File.Create(path);
    History.Write(history, rows);
}

if (directory is null && path is null) Console.Error.WriteLine(Usage);
return directory is null && path is null ? 2 : 0;
