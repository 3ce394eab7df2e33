using Spectre.Console;

namespace Isobar.Local.Tour;

/// <summary>
/// Prints the tour: one fact a line, each with its number; a check that fails is marked and counted.
/// </summary>
internal sealed class TourReport(IAnsiConsole console)
{
    /// <summary>Checks that passed.</summary>
    public int Passed { get; private set; }

    /// <summary>Checks that failed.</summary>
    public int Failed { get; private set; }

    public void Heading(string text) => console.MarkupLineInterpolated($"\n[bold]{text}[/]");

    public void Fact(string text) => console.MarkupLineInterpolated($"    {text}");

    /// <summary>The command line that does what is shown next.</summary>
    public void Command(string text) => console.MarkupLineInterpolated($"    [grey]$[/] {text}");

    /// <summary>Prints a fact that was checked.</summary>
    /// <param name="passed">Whether it is as it should be.</param>
    public void Check(bool passed, string text)
    {
        if (passed) Passed++;
        else Failed++;
        if (passed) console.MarkupLineInterpolated($"  [green]✓[/] {text}");
        else console.MarkupLineInterpolated($"  [red]✗ {text}[/]");
    }

    /// <summary>Runs work of known size: a bar on a terminal, a plain line for each part elsewhere.</summary>
    public async Task ProgressAsync<T>(string title, IReadOnlyList<T> parts, Func<T, string> name, Func<T, Task> work)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            foreach (var part in parts)
            {
                console.MarkupLineInterpolated($"    {title}: {name(part)}");
                await work(part);
            }

            return;
        }

        await console.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var bar = progress.AddTask(title, maxValue: parts.Count);
            foreach (var part in parts)
            {
                bar.Description = Markup.Escape($"{title}: {name(part)}");
                await work(part);
                bar.Increment(1);
            }
        });
    }
}
