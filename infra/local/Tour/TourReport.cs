using Spectre.Console;

namespace Isobar.Local.Tour;

/// <summary>
/// What the tour says: one fact a line, each with its number; a check that fails is marked and counted.
/// </summary>
internal sealed class TourReport(IAnsiConsole console)
{
    /// <summary>Checks that held.</summary>
    public int Held { get; private set; }

    /// <summary>Checks that did not.</summary>
    public int Broken { get; private set; }

    public void Heading(string text) => console.MarkupLineInterpolated($"\n[bold]{text}[/]");

    public void Fact(string text) => console.MarkupLineInterpolated($"    {text}");

    /// <summary>The command line that does what is shown next.</summary>
    public void Command(string text) => console.MarkupLineInterpolated($"    [grey]$[/] {text}");

    /// <summary>States a fact that was checked.</summary>
    public void Check(bool holds, string text)
    {
        if (holds) Held++;
        else Broken++;
        if (holds) console.MarkupLineInterpolated($"  [green]✓[/] {text}");
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
