using Isobar.Catalog;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Catalog;

public sealed class CatalogDocumentTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 12, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Files_are_ordered_by_key_ordinally()
    {
        var document = CatalogDocument.Empty.With([File("b"), File("a"), File("B")]);
        Assert.Equal(["B", "a", "b"], document.Files.Select(file => file.Key));
    }

    [Fact]
    public void The_greater_sequencer_of_a_key_wins_in_whichever_order_they_come()
    {
        var (older, newer) = (File("a", "0055AE"), File("a", "0055AF"));
        Assert.Equal([newer], CatalogDocument.Empty.With([older]).With([newer]).Files);
        Assert.Equal([newer], CatalogDocument.Empty.With([newer]).With([older]).Files);
    }

    [Fact]
    public void A_file_that_is_there_already_changes_nothing_even_if_it_was_accepted_again_later()
    {
        var document = CatalogDocument.Empty.With([File("a")]);
        Assert.Same(document, document.With([File("a")]));
        Assert.Same(document, document.With([File("a") with { AcceptedAt = Noon.AddHours(1) }]));
        Assert.Same(document, document.With([]));
    }

    [Theory]
    [InlineData("0055", "0055", 0)]
    [InlineData("0055", "00550", 0)]
    [InlineData("0055", "005501", -1)]
    [InlineData("0056", "0055FF", 1)]
    public void Sequencers_compare_padded_on_their_right(string one, string other, int sign)
    {
        Assert.Equal(sign, Math.Sign(Sequencer.Compare(one, other)));
        Assert.Equal(-sign, Math.Sign(Sequencer.Compare(other, one)));
    }

    [Fact]
    public void Of_more_than_a_thousand_files_the_ones_accepted_last_are_kept()
    {
        var files = Enumerable.Range(0, CatalogDocument.MaxFiles)
            .Select(i => File($"{i:D4}") with { AcceptedAt = Noon.AddSeconds(i) });
        var full = CatalogDocument.Empty.With(files);
        Assert.Equal(CatalogDocument.MaxFiles, full.Files.Count);

        Assert.Same(full, full.With([File("late") with { AcceptedAt = Noon.AddSeconds(-1) }]));
        var next = full.With([File("new") with { AcceptedAt = Noon.AddHours(1) }]);
        Assert.Equal(CatalogDocument.MaxFiles, next.Files.Count);
        Assert.Equal(("0001", "new"), (next.Files[0].Key, next.Files[^1].Key));
    }

    private static CatalogFile File(string key, string sequencer = "0055AE") =>
        new(key, $"job-{key}", $"version-{sequencer}", sequencer, 1, Noon, null);
}
