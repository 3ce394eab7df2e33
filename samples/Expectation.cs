using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isobar.Samples;

/// <summary>The counts that a sample file must give, from what was planted and not by reading it.</summary>
/// <param name="File">Its name.</param>
/// <param name="Lines">Lines, header and blank ones included.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Accepted">Accepted rows.</param>
/// <param name="Flagged">Flagged rows by quality flag.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Malformed">Malformed rows by reason.</param>
/// <param name="Failure">The reason for which the file fails as a whole, so that none of its rows count.</param>
public sealed record Expectation(
    string File, int Lines, int Rows, int Accepted, SortedDictionary<string, int> Flagged, int Missing,
    SortedDictionary<string, int> Malformed, string? Failure)
{
    /// <summary>The content of expected.json.</summary>
    public static byte[] ToJson(IEnumerable<SampleFile> files) =>
    [
        .. JsonSerializer.SerializeToUtf8Bytes(
            files.Select(file => file.Expected).ToArray(), ExpectationJson.Default.ExpectationArray),
        (byte)'\n',
    ];

    /// <summary>Reads expected.json.</summary>
    public static Expectation[] FromJson(byte[] json) =>
        JsonSerializer.Deserialize(json, ExpectationJson.Default.ExpectationArray) ?? [];
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Expectation[]))]
internal sealed partial class ExpectationJson : JsonSerializerContext;
