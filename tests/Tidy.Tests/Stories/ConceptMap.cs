namespace Isobar.Tidy.Tests.Stories;

/// <summary>Each concept, the lines of the template that carry it, its code and the stories that prove it.</summary>
public sealed class ConceptMap
{
    private const string Document = "docs/CONCEPTS.md";

    private static readonly ILookup<string, (ConceptMark Mark, Story Story)> Proofs = Story.All
        .SelectMany(story => story.Concepts, (story, mark) => (Mark: mark, Story: story))
        .ToLookup(proof => proof.Mark.Name);

    [Fact]
    public void The_map_of_concepts_is_what_the_stories_say() =>
        new GeneratedPart(Document, "the concepts").Hold(Lines());

    [Fact]
    public void Every_concept_that_is_due_has_a_story_and_no_story_names_another() =>
        Assert.Equal(Concepts.Due.Order(), Proofs.Select(concept => concept.Key).Order());

    [Fact]
    public void Every_concept_leads_to_its_lines_of_a_template_and_to_its_code()
    {
        foreach (var mark in Proofs.SelectMany(concept => concept).Select(proof => proof.Mark))
        {
            Assert.NotEmpty(mark.Template);
            Assert.All(mark.Template, name => Assert.True(TemplateLine.Of(name).Line > 0));
            Assert.All(CodeOf(mark), folder => Assert.True(Path.Exists(Path.Combine(Repository.Root, folder)), folder));
            Assert.True(CodeOf(mark).Any(), $"{mark.Name}: no function among its resources, so it must say Code");
        }
    }

    private static IEnumerable<string> Lines()
    {
        yield return "| concept | template | code | proven by | on |";
        yield return "| --- | --- | --- | --- | --- |";
        foreach (var concept in Concepts.Due)
        {
            var marks = Proofs[concept].Select(proof => proof.Mark).ToArray();
            var stories = Proofs[concept].Select(proof => proof.Story).ToArray();
            string[] cells =
            [
                concept,
                Joined(marks.SelectMany(mark => mark.Template).Select(TemplateLine.Of)
                    .Select(line => $"[{line.Name}](../{line.Path}#L{line.Line})")),
                Joined(marks.SelectMany(CodeOf).Select(folder => $"[{folder}](../{folder})")),
                Joined(stories.Select(story => $"[{Title(story, stories)}](../{story.Path})")),
                Joined(stories.SelectMany(story => story.Targets).Select(target => target.ToLowerInvariant())),
            ];
            yield return $"| {string.Join(" | ", cells)} |";
        }
    }

    // A class whose every story proves the concept is named once.
    private static string Title(Story story, Story[] stories) =>
        Story.All.Count(other => other.Class == story.Class) == stories.Count(other => other.Class == story.Class)
            ? story.Class
            : story.Sentence;

    private static IEnumerable<string> CodeOf(ConceptMark mark) =>
        mark.Template.Select(TemplateLine.Of).Select(line => line.Folder).Append(mark.Code).OfType<string>();

    private static string Joined(IEnumerable<string> parts) => string.Join(", ", parts.Distinct());
}
