using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Stories.Claims;

/// <summary>What layers are for, and what they are not for.</summary>
public sealed class LayerStories(LayerFixture stack) : IClassFixture<LayerFixture>
{
    private const int Starts = 6;
    private const int Calls = 10;

    [Fact]
    [Claim("Y1")]
    public async Task A_layer_brings_a_program_data_and_configuration()
    {
        Assert.Equal("\"a program of the layer\"", await stack.AskAsync("Kit", """{"do":"run","file":"greet"}"""));
        foreach (var (variable, content) in new[] { ("TABLE", "a row"), ("SETTINGS", "a setting") })
        {
            var path = (string)(await stack.EnvironmentAsync("Kit"))[variable]!;
            var read = await stack.AskAsync(
                "Kit", new JsonObject { ["do"] = "read", ["path"] = path }.ToJsonString());
            Assert.Equal($"{content} of the layer\n", (string?)JsonNode.Parse(read));
        }
    }

    [Fact]
    [Claim("Y1")]
    public async Task A_layer_brings_the_runtime_of_a_function_that_has_none() =>
        Assert.Equal("{}", await stack.AskAsync("Booted", "{}"));

    [Fact]
    [Claim("Y1")]
    public async Task A_layer_brings_the_libraries_that_a_package_lacks_and_that_make_it_smaller()
    {
        // The same package; Notify refuses the event, so it has run. Without its libraries it does not start.
        var with = JsonNode.Parse(await stack.AskAsync("Library", "{}"))!;
        var without = JsonNode.Parse(await stack.AskAsync("Lacking", "{}"))!;

        Assert.Equal("InvalidDataException", (string?)with["errorType"]);
        Assert.Equal("Runtime.ExitError", (string?)without["errorType"]);
        Assert.Contains(stack.FactsOf<LogLineWritten>("Lacking"), line => line.Line.Contains("Isobar."));
        var function = await stack.ConfigurationAsync("Library");
        Assert.Equal(
            (string?)function["CodeSha256"], (string?)(await stack.ConfigurationAsync("Lacking"))["CodeSha256"]);
        var layer = function["Layers"]!.AsArray().Single()!;
        Measured.Write(
            "Y1", $"a package of {Numbers.Bytes((long)function["CodeSize"]!)} without what is in a layer of "
            + Numbers.Bytes((long)layer["CodeSize"]!));
    }

    /// <summary>
    /// The same 8 MB, read in the init phase from a layer and from the package. If a layer gained something, its
    /// slowest start would be faster than the fastest without it.
    /// </summary>
    [Fact]
    [Claim("Y3")]
    public async Task A_start_from_a_layer_is_not_faster_than_one_from_the_package_neither_cold_nor_warm()
    {
        var cold = new Dictionary<string, List<double>> { ["Layered"] = [], ["Packed"] = [] };
        var warm = new Dictionary<string, List<double>> { ["Layered"] = [], ["Packed"] = [] };
        for (var start = 0; start < Starts; start++)
        {
            foreach (var function in cold.Keys)
            {
                cold[function].Add((await stack.ReportAsync(function, "{}")).Init!.Value);
                for (var call = 0; call < Calls; call++)
                    warm[function].Add((await stack.ReportAsync(function, "{}")).Duration);
                await stack.RetireAsync(function);
            }
        }

        foreach (var times in (Dictionary<string, List<double>>[])[cold, warm])
            Assert.True(times["Layered"].Max() >= times["Packed"].Min(), "every start from the layer was faster");
        Measured.Write(
            "Y3", $"median (and spread) of {Starts} init phases: {Numbers.Spread(cold["Layered"])} with the layer, "
            + $"{Numbers.Spread(cold["Packed"])} with the package",
            $"of {Starts * Calls} warm invocations: {Numbers.Spread(warm["Layered"])} and "
            + Numbers.Spread(warm["Packed"]));
    }
}
