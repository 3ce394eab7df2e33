using System.Text;
using System.Text.Json.Nodes;
using Isobar.Stories.Api;

namespace Isobar.Stories.Application;

/// <summary>Files of stations, and the months that the API serves of them.</summary>
internal static class Months
{
    private const string Sample = "XIW00000001";

    /// <summary>The sample's rows under another station's id, which no other story lands.</summary>
    public static byte[] FileOf(string station) => Encoding.UTF8.GetBytes(
        File.ReadAllText(Path.Combine(Repository.Samples, $"{Sample}.csv"), Encoding.UTF8)
            .Replace(Sample, station, StringComparison.Ordinal));

    /// <summary>Waits until all months of a station come from one version.</summary>
    /// <returns>What the API answers.</returns>
    public static Task<JsonNode> OfVersionAsync(StackFixture stack, string station, string version) => stack.UntilAsync(
        async () =>
        {
            using var api = stack.Api();
            return JsonNode.Parse((await api.GetAsync($"stations/{station}/months")).Body)!;
        },
        answer => answer["months"] is JsonArray { Count: > 0 } months
            && months.All(month => (string?)month!["source"]!["versionId"] == version));
}
