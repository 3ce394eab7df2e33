namespace Isobar.Tidy.Tests.Stories;

/// <summary>A part of a document that is made from sources, between two remarks that a reader does not see.</summary>
internal sealed class GeneratedPart(string path, string name)
{
    private string Begin => $"<!-- made from the sources: {name} -->";

    private string End => $"<!-- end of {name} -->";

    /// <summary>Compares the part with what it should be, or writes it when ISOBAR_UPDATE is 1.</summary>
    public void Hold(IEnumerable<string> lines)
    {
        var document = Repository.Lines(path);
        var begin = Array.IndexOf(document, Begin);
        var end = Array.IndexOf(document, End);
        Assert.True(begin >= 0 && end > begin, $"{path} lacks '{Begin}' and '{End}'.");
        string[] part = [.. lines];
        if (Environment.GetEnvironmentVariable("ISOBAR_UPDATE") == "1")
        {
            string[] written = [.. document[..(begin + 1)], .. part, .. document[end..]];
            File.WriteAllText(Path.Combine(Repository.Root, path), string.Join('\n', written) + '\n');
            return;
        }

        Assert.True(
            part.SequenceEqual(document[(begin + 1)..end]),
            $"{path} is not what the sources say. To write it anew: "
            + "ISOBAR_UPDATE=1 dotnet run --project tests/Tidy.Tests -- --filter-namespace Isobar.Tidy.Tests.Stories");
    }
}
