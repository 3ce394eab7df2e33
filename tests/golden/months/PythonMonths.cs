using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Isobar.Tests;

/// <summary>The months that months.py computes from a file, without any of Isobar's code.</summary>
internal static class PythonMonths
{
    /// <summary>By station, the months in order; skips the test, with the reason, where Python is missing.</summary>
    public static async Task<JsonObject> OfAsync(string file)
    {
        try
        {
            var script = Path.Combine(AppContext.BaseDirectory, "golden", "months.py");
            using var python = Process.Start(new ProcessStartInfo("python3", [script, file])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var errors = python.StandardError.ReadToEndAsync();
            var output = await python.StandardOutput.ReadToEndAsync();
            await python.WaitForExitAsync();
            Assert.True(python.ExitCode == 0, await errors);
            return JsonNode.Parse(output)!.AsObject();
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no python3 on this machine.");
            throw;
        }
    }

    /// <summary>The months of an answer of the API as text, each without the file that it comes from.</summary>
    public static IEnumerable<string> Served(JsonNode answer) => answer["months"]!.AsArray().Select(month =>
    {
        var copy = month!.DeepClone().AsObject();
        copy.Remove("source");
        return copy.ToJsonString();
    });

    /// <summary>The same of what Python computed: number for number, digit for digit.</summary>
    public static IEnumerable<string> Of(JsonObject stations, string station) =>
        stations[station]!.AsArray().Select(month => month!.ToJsonString());
}
