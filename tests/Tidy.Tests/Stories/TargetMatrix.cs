namespace Isobar.Tidy.Tests.Stories;

/// <summary>Which story can run where, from the stories themselves.</summary>
public sealed class TargetMatrix
{
    private static readonly string[] Targets = ["Local", "LocalStack", "Aws"];

    [Fact]
    public void The_matrix_of_stories_and_targets_is_what_the_stories_say() =>
        new GeneratedPart($"{Story.Folder}/README.md", "the matrix").Hold(Lines());

    /// <summary>What the host's journal and clock tell, no other target tells.</summary>
    [Fact]
    public void A_story_for_other_targets_does_not_look_into_the_host()
    {
        var looking =
            from story in Story.All
            where story.Targets.Any(target => target != "Local")
            from inside in (string[])[".Host", ".Facts<", ".QuietAsync"]
            where story.Body.Contains(inside, StringComparison.Ordinal)
            select $"{story.Class}.{story.Name} uses {inside}";

        Assert.Empty(looking);
    }

    [Fact]
    public void Every_target_is_one_that_there_is() =>
        Assert.All(Story.All, story => Assert.Subset(Targets.ToHashSet(), story.Targets.ToHashSet()));

    private static IEnumerable<string> Lines()
    {
        yield return $"| story | {string.Join(" | ", Targets.Select(target => target.ToLowerInvariant()))} |";
        yield return $"| --- |{string.Concat(Targets.Select(_ => " --- |"))}";
        foreach (var stories in Story.All.GroupBy(story => (story.Path, story.Class)))
        {
            var link = Path.GetRelativePath(Story.Folder, stories.Key.Path);
            yield return $"| **[{stories.Key.Class}]({link})** | | | |";
            foreach (var story in stories)
            {
                var marks = Targets.Select(target => story.Targets.Contains(target) ? " ✓ |" : " |");
                yield return $"| {story.Sentence} |{string.Concat(marks)}";
            }
        }

        var counts = Targets.Select(target => $" {Story.All.Count(story => story.Targets.Contains(target))} |");
        yield return $"| **all** |{string.Concat(counts)}";
    }
}
