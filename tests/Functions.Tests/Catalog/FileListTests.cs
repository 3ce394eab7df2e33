using Isobar.Catalog;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Catalog;

public sealed class FileListTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 12, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_newest_files_come_first_and_those_of_the_same_instant_by_key()
    {
        var list = FileList.Empty.With(
            [File("b"), File("a"), File("B"), File("late") with { AcceptedAt = Noon.AddMilliseconds(1) }]);
        Assert.Equal(["late", "B", "a", "b"], list.Files.Select(file => file.Key));
    }

    [Fact]
    public void The_greater_sequencer_of_a_key_wins_in_whichever_order_they_come()
    {
        var (older, newer) = (File("a", "0055AE"), File("a", "0055AF"));
        Assert.Equal([newer], FileList.Empty.With([older]).With([newer]).Files);
        Assert.Equal([newer], FileList.Empty.With([newer]).With([older]).Files);
    }

    [Fact]
    public void A_listed_file_that_is_added_again_changes_nothing_even_if_it_was_accepted_again_later()
    {
        var list = FileList.Empty.With([File("a")]);
        Assert.Same(list, list.With([File("a")]));
        Assert.Same(list, list.With([File("a") with { AcceptedAt = Noon.AddHours(1) }]));
        Assert.Same(list, list.With([]));
    }

    [Theory]
    [InlineData("0055", "0055", 0)]
    [InlineData("0055", "00550", 0)]
    [InlineData("0055", "005501", -1)]
    [InlineData("0056", "0055FF", 1)]
    [InlineData("0055000", "0055", 0)]
    [InlineData("00", "", 0)]
    [InlineData("0055A0", "0055A01", -1)]
    public void Sequencers_compare_padded_on_their_right(string one, string other, int sign)
    {
        Assert.Equal(sign, Math.Sign(Sequencer.Compare(one, other)));
        Assert.Equal(-sign, Math.Sign(Sequencer.Compare(other, one)));
        Assert.Equal(sign, Math.Sign(string.CompareOrdinal(Sequencer.Order(one), Sequencer.Order(other))));
    }

    [Fact]
    public void Of_more_than_a_hundred_files_the_ones_accepted_last_are_listed()
    {
        var files = Enumerable.Range(0, FileList.MaxFiles)
            .Select(i => File($"{i:D4}") with { AcceptedAt = Noon.AddSeconds(i) });
        var full = FileList.Empty.With(files);
        Assert.Equal(100, full.Files.Count);

        Assert.Same(full, full.With([File("early") with { AcceptedAt = Noon.AddSeconds(-1) }]));
        var next = full.With([File("new") with { AcceptedAt = Noon.AddHours(1) }]);
        Assert.Equal(100, next.Files.Count);
        Assert.Equal(("new", "0001"), (next.Files[0].Key, next.Files[^1].Key));
    }

    [Theory]
    [InlineData("csv/by_station/USW00094728.csv", "USW00094728")]
    [InlineData("csv.gz/by_station/USW00094728.csv.gz", "USW00094728")]
    [InlineData("uploads/7/my-file_1.csv", "my-file_1")]
    [InlineData("2014", "2014")]
    [InlineData("a b.csv", "sha256-c8687a08aa5d6ed2044328fa6a697ab8e96dc34291e8c2034ae8c38e6fcc6d65")]
    [InlineData("été.csv", "sha256-bd010c64132bf5cae8aea89f6762515727dcf68a5dd1de813c87f50a16c4513c")]
    [InlineData("folder/", "sha256-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(".csv", "sha256-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void A_page_has_the_name_of_the_file_without_its_endings_or_its_hash(string key, string page) =>
        Assert.Equal(page, PageName.Of(key));

    [Fact]
    public void A_page_name_has_at_most_71_characters()
    {
        Assert.Equal(new string('a', 64), PageName.Of(new string('a', 64) + ".csv"));
        Assert.Equal(71, PageName.Of(new string('a', 65) + ".csv").Length);
    }

    private static CatalogFile File(string key, string sequencer = "0055AE") =>
        new(key, $"job-{key}", $"version-{sequencer}", sequencer, 1, Noon, null);
}
