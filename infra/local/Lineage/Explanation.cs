using System.Text.Json.Serialization;

namespace Isobar.Local.Lineage;

/// <summary>Where something comes from, what became of it, and how to a correct result from each failure.</summary>
/// <param name="asked">As it was typed.</param>
internal sealed class Explanation(string asked)
{
    private const int Column = 16;

    private readonly List<Step> steps = [];
    private readonly List<string> leftOut = [];

    public string Asked => asked;

    /// <summary>In the order in which things happen.</summary>
    public IReadOnlyList<Step> Steps => steps;

    /// <summary>What was not read, each a sentence.</summary>
    public IReadOnlyList<string> LeftOut => leftOut;

    public void Add(string what, string says) => steps.Add(new Step(what, says, null));

    /// <summary>Adds a failure.</summary>
    /// <param name="wayBack">The command that leads back to a correct result.</param>
    public void AddFailure(string what, string says, string wayBack) => steps.Add(new Step(what, says, wayBack));

    public void LeaveOut(string sentence)
    {
        if (!leftOut.Contains(sentence)) leftOut.Add(sentence);
    }

    /// <summary>The lines to read. A command that several failures have in common comes after the last one.</summary>
    public IEnumerable<string> Lines()
    {
        for (var at = 0; at < steps.Count; at++)
        {
            var step = steps[at];
            yield return $"{step.What.PadRight(Column - 1)} {step.Says}";
            if (step.WayBack is { } command && steps.FindIndex(at + 1, later => later.WayBack == command) < 0)
                yield return $"{Step.WayBackMark.PadRight(Column - 1)} {command}";
        }

        foreach (var sentence in leftOut) yield return $"{"left out".PadRight(Column - 1)} {sentence}";
    }
}

/// <param name="What">object version, job, chunk, message, attempt, partial, contribution, month and the like.</param>
/// <param name="WayBack">For a failure, a command of a shell; otherwise null.</param>
internal sealed record Step(string What, string Says, string? WayBack)
{
    /// <summary>What a line with a command begins with.</summary>
    public const string WayBackMark = "way back";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Explanation))]
internal sealed partial class ExplanationJson : JsonSerializerContext;

/// <summary>It can't be explained; the message says why, and what to do.</summary>
internal sealed class LineageException(string message) : Exception(message);
