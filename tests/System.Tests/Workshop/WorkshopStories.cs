using System.Text.RegularExpressions;
using Isobar.Stories.HostLife;

namespace Isobar.Stories.Workshop;

/// <summary>
/// Runs the commands of the workshop's chapters and compares what they print with what the chapters show. With
/// ISOBAR_UPDATE=1 it writes what they printed into the chapters.
/// </summary>
public sealed class WorkshopStories(WorkshopHost host) : IClassFixture<WorkshopHost>
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("ISOBAR_UPDATE") == "1";

    /// <summary>
    /// Each with a trait, to run one alone: <c>--explicit on --filter-trait chapter=06-layers.md</c>. The chapters
    /// after the first one are in the long lane.
    /// </summary>
    public static TheoryData<string> Chapters =>
        [.. Chapter.Files.Select((file, index) => Row(Path.GetFileName(file), isLong: index > 0))];

    [Theory]
    [MemberData(nameof(Chapters))]
    public async Task The_commands_of_a_chapter_print_what_it_shows(string chapter)
    {
        if (host.Lacks is { } reason) Assert.Skip($"Not run here: {reason}.");
        var text = Chapter.Read(Repository.In("docs", "workshop", chapter));
        if (text.UsesWebsite && !Machine.IsOnPath("node")) Assert.Skip("Not run here: there is no node on the PATH.");
        await using var shell = await host.BeginAsync();
        var logged = host.Printed.Count;
        var outputs = new Dictionary<int, IReadOnlyList<string>>();
        var differences = new List<string>();
        foreach (var step in text.Steps())
        {
            if (step is ChapterUp up)
            {
                await host.RestartAsync(await shell.OptionsAsync(up.Text));
                logged = 0;
                continue;
            }

            var (line, shown, printed, differs) = step switch
            {
                ChapterCommand command => (
                    command.Line, command.Shown, await RunAsync(shell, chapter, command), command.Differs),
                ChapterLog log => (log.Line, log.Shown, await LogAsync(log, logged), log.Differs),
                _ => throw new InvalidOperationException(),
            };
            if (OutputComparison.AreAlike(shown, printed, differs)) continue;
            outputs[line] = printed;
            differences.Add(
                $"{chapter}:{line} shows\n{string.Join('\n', shown)}\nand now prints\n{string.Join('\n', printed)}");
        }

        if (Updates) await File.WriteAllTextAsync(text.Path, text.With(outputs));
        else
            Assert.True(differences.Count == 0, string.Join("\n\n", differences)
                + "\n\nTo write it anew: ISOBAR_UPDATE=1 dotnet run --project tests/System.Tests -- "
                + "--explicit on --filter-class '*WorkshopStories'");
    }

    [Fact]
    public void What_no_two_runs_have_in_common_is_not_compared()
    {
        Assert.Equal(
            Masked("13:25:26.258 Intake  REPORT success in 328.5 ms, 87 of 512 MB request=f259ff14"),
            Masked("13:47:02.001 Intake REPORT success in 12 ms, 101 of 512 MB request=01234567"));
        Assert.NotEqual(Masked("1994 rows"), Masked("1995 rows"));
        Assert.NotEqual(Masked("202"), Masked("500"));
        Assert.Equal(Masked("isobar-JobsTable-DEDK21EC6YF9"), Masked("isobar-JobsTable-000000000000"));
        Assert.Equal(OutputComparison.Masked("3 of 7", @"^\d"), OutputComparison.Masked("4 of 7", @"^\d"));

        static string Masked(string line) => OutputComparison.Masked(line, null);
    }

    private static TheoryDataRow<string> Row(string chapter, bool isLong)
    {
        var row = new TheoryDataRow<string>(chapter) { Explicit = isLong, Traits = { ["chapter"] = [chapter] } };
        if (isLong) row.Traits[Lanes.Name] = [Lanes.Long];
        return row;
    }

    private async Task<IReadOnlyList<string>> RunAsync(ShellSession shell, string chapter, ChapterCommand command)
    {
        var (status, lines) = await shell.RunAsync(command.Text);
        string[] printed = [.. lines.Select(host.Usual)];
        Assert.True(
            (status != 0) == command.Fails,
            $"{chapter}:{command.Line}: {command.Text}\nended with {status}:\n{string.Join('\n', printed)}");
        return printed;
    }

    // As many lines as are shown, or the one that there must be.
    private async Task<IReadOnlyList<string>> LogAsync(ChapterLog log, int skipped)
    {
        var wanted = Math.Max(1, log.Shown.Count);
        await ProcessTable.UntilAsync(() => Lines().Count() == wanted, $"{wanted} lines of {log.Pattern}");
        return [.. Lines().Select(host.Usual)];

        IEnumerable<string> Lines() =>
            host.Printed.Skip(skipped).Where(line => Regex.IsMatch(line, log.Pattern)).Take(wanted);
    }
}
