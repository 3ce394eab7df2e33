using System.IO.Compression;
using System.Text;
using Isobar.Local.Tour;
using Spectre.Console;

namespace Isobar.Stories.HostLife;

/// <summary>What the tour says of a file that it was given, and whether its check passes.</summary>
[Collection(OneStack.Name)]
public sealed class OwnFileStories(StackFixture stack)
{
    private const string Row = "XIW00000001,20140101,TMAX,105,,,W,0700\n";

    [Fact]
    public async Task A_good_file_passes()
    {
        var (report, said) = await FollowAsync("good.csv", Encoding.ASCII.GetBytes(Row + Row));
        Assert.Equal((1, 0), (report.Passed, report.Failed));
        Assert.Contains("✓ finished: 2 rows = 2 accepted", said, StringComparison.Ordinal);
        Assert.Contains("in 1 chunk,", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_gzips_one_after_the_other_are_one_file()
    {
        byte[] twice = [.. Gzip(Row + Row), .. Gzip(Row)];
        var (report, said) = await FollowAsync("twice.csv.gz", twice);
        Assert.Equal((1, 0), (report.Passed, report.Failed));
        Assert.Contains("✓ finished: 3 rows = 3 accepted", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_fails_with_the_reason()
    {
        byte[] broken = [.. Gzip(Row), .. Gzip(Row)];
        broken[^8] ^= 1;
        var (report, said) = await FollowAsync("broken-member.csv.gz", broken);
        Assert.Equal((0, 1), (report.Passed, report.Failed));
        Assert.Contains("✗ incomplete: 0 rows", said, StringComparison.Ordinal);
        Assert.Contains("a chunk failed: gzip:crc", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("month.dly", "USW00094728187001PRCP   74  W   13  W\n", "in the .dly layout")]
    [InlineData("quoted.csv", "\"STATION\",\"DATE\"\n\"USW00094728\",\"2014-01-03\"\n", "its fields are in quotes")]
    [InlineData("mac.csv", "ID,DATE\rXIW00000001,20140101,TMAX,105,,,W\r", "its lines end in CR")]
    public async Task A_file_of_another_layout_fails_and_says_so_in_one_line(string name, string content, string says)
    {
        var (report, said) = await FollowAsync(name, Encoding.ASCII.GetBytes(content));
        Assert.Equal(1, report.Failed);
        var line = Assert.Single(
            said.Split('\n'), line => line.Contains("none of its rows", StringComparison.Ordinal));
        Assert.Contains(says, line, StringComparison.Ordinal);
    }

    private async Task<(TourReport Report, string Said)> FollowAsync(string name, byte[] content)
    {
        var folder = Directory.CreateTempSubdirectory("isobar-own-");
        var file = Path.Combine(folder.FullName, name);
        await File.WriteAllBytesAsync(file, content);
        await using var said = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(said),
        });
        console.Profile.Width = int.MaxValue;
        var report = new TourReport(console);
        using var clients = new StackClients(stack.Host);

        await new OwnFile(new Jobs(stack.Host, clients), new Landing(clients), report).ShowAsync(file, default);

        folder.Delete(recursive: true);
        return (report, said.ToString());
    }

    private static byte[] Gzip(string content)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest)) gzip.Write(Encoding.ASCII.GetBytes(content));
        return bytes.ToArray();
    }
}
