using System.Text.Encodings.Web;
using System.Text.Json;
using Xunit.v3;

namespace Isobar.Stories.Claims;

/// <summary>
/// Writes down what a story measured, for the ledger docs/CLAIMS.md: a file a claim, when ISOBAR_UPDATE is 1. Otherwise
/// the numbers are only printed, and no file changes.
/// </summary>
internal static class Measured
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="claim">Its id; the story has a [Claim] with it.</param>
    /// <param name="numbers">Each with its unit and what it is of: "12 ms until the caller had its answer".</param>
    public static void Write(string claim, params string[] numbers)
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"{claim}: {string.Join("; ", numbers)}");
        if (Environment.GetEnvironmentVariable("ISOBAR_UPDATE") != "1") return;
        var story = ((IXunitTestMethod)TestContext.Current.TestMethod!).Method;
        var place = StoryTarget.Current == Target.Local ? "local host" : StoryTarget.Current.ToString();
        var measured = new
        {
            Claim = claim,
            Story = $"{story.ReflectedType!.Name}.{story.Name}",
            Date = $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}",
            On = $"{place}, {Environment.ProcessorCount} cores",
            Numbers = numbers,
        };
        var folder = Directory.CreateDirectory(Repository.In("tests", "System.Tests", "Claims", "Measured")).FullName;
        File.WriteAllText(Path.Combine(folder, $"{claim}.json"), JsonSerializer.Serialize(measured, Options) + "\n");
    }
}
