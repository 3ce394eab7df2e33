using System.Text.Json;
using Isobar.Telemetry.Events;

namespace Isobar.Functions.Tests.Telemetry;

/// <summary>The level of a line, in the formats of Lambda's runtimes.</summary>
public sealed class LevelTests
{
    [Theory]
    [InlineData("\"2026-01-12T15:39:07.123Z\\t6d6b5a46\\tinfo\\tfrom .NET\"", "Info")]
    [InlineData("\"2026-01-12T15:39:07.123Z\\t6d6b5a46\\tcrit\\tfrom .NET\"", "Fatal")]
    [InlineData("\"2026-01-12T15:39:07.123Z\\t6d6b5a46\\tERROR\\tfrom Node.js\"", "Error")]
    [InlineData("\"[WARNING]\\t2026-01-12T15:39:07.123Z\\t6d6b5a46\\tfrom Python\"", "Warn")]
    [InlineData("\"{\\\"level\\\":\\\"Trace\\\",\\\"message\\\":\\\"JSON as text\\\"}\"", "Trace")]
    [InlineData("{\"level\":\"Information\",\"message\":\"Powertools\"}", "Info")]
    [InlineData("{\"level\":\"WARN\"}", "Warn")]
    [InlineData("{\"severity\":\"critical\"}", "Fatal")]
    [InlineData("\"no level here\"", null)]
    [InlineData("\"a\\tb\"", null)]
    [InlineData("\"[no level] here\"", null)]
    [InlineData("\"{broken\"", null)]
    [InlineData("{\"level\":7}", null)]
    [InlineData("{\"level\":\"a very long word for a level\"}", null)]
    [InlineData("7", null)]
    public void Is_found_where_a_runtime_writes_it(string record, string? level)
    {
        using var document = JsonDocument.Parse(record);
        Assert.Equal(level, Levels.Of(document.RootElement)?.ToString());
    }
}
