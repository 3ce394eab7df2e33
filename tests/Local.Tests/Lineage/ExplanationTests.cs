using System.Text.Json;
using Isobar.Local.Lineage;

namespace Isobar.Local.Tests.Lineage;

public sealed class ExplanationTests
{
    [Fact]
    public void A_command_comes_once_after_the_last_failure_from_which_it_leads_back()
    {
        var explanation = new Explanation("it");
        explanation.Add("job", "incomplete");
        explanation.AddFailure("chunk", "one failed", "redrive");
        explanation.AddFailure("chunk", "two failed", "redrive");
        explanation.AddFailure("contribution", "none", "other");
        explanation.LeaveOut("the rest");
        explanation.LeaveOut("the rest");

        Assert.Equal(
            [
                "job             incomplete",
                "chunk           one failed",
                "chunk           two failed",
                "way back        redrive",
                "contribution    none",
                "way back        other",
                "left out        the rest",
            ],
            explanation.Lines());
    }

    [Fact]
    public void As_JSON_each_failure_has_its_command()
    {
        var explanation = new Explanation("it");
        explanation.Add("job", "incomplete");
        explanation.AddFailure("chunk", "failed", "redrive");

        var json = JsonSerializer.Serialize(explanation, ExplanationJson.Default.Explanation);

        using var document = JsonDocument.Parse(json);
        var steps = document.RootElement.GetProperty("steps");
        Assert.Equal("it", document.RootElement.GetProperty("asked").GetString());
        Assert.False(steps[0].TryGetProperty("wayBack", out _));
        Assert.Equal("redrive", steps[1].GetProperty("wayBack").GetString());
    }
}
