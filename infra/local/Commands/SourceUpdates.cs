using System.Globalization;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;

namespace Isobar.Local.Commands;

/// <summary>
/// Builds what is saved and updates the stack with it, until it is cancelled. What does not build, or can't be had from
/// the stack, is printed, and what runs goes on.
/// </summary>
/// <param name="console">Takes lines of several threads.</param>
internal sealed class SourceUpdates(LocalHost host, TextWriter console)
{
    private const int MaxNamed = 3;

    private readonly string root = host.Options.RepositoryRoot;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var code = await WatchedCode.ReadAsync(host, cancellationToken);
        var watch = code.Watch();
        var warmUp = new CompilerWarmUp((name, ended) => code.CompileAsync(
            Path.Combine(host.Options.DataDirectory, "warm-up", name), ended));
        try
        {
            console.WriteLine(
                $"Watching the source of {code.Projects.Count} projects; save a file to update the stack.");
            while (true)
            {
                var saved = await watch.NextAsync(cancellationToken);
                var begun = TimeProvider.System.GetTimestamp();
                await warmUp.StopAsync();
                if (!await UpdateAsync(code, saved, begun, cancellationToken)) continue;
                // The template may name other code now. The new watch is there before the old one ends.
                var next = await WatchedCode.ReadAsync(host, cancellationToken);
                if (next.HasSameFolders(code)) continue;
                var before = watch;
                (code, watch) = (next, next.Watch());
                before.Dispose();
            }
        }
        finally
        {
            watch.Dispose();
            await warmUp.DisposeAsync();
        }
    }

    /// <returns>Whether the stack was updated.</returns>
    private async Task<bool> UpdateAsync(
        WatchedCode code, IReadOnlyCollection<string> saved, long begun, CancellationToken cancellationToken)
    {
        console.WriteLine($"{Named(saved)}: building …");
        if (await code.BuildAsync(saved, cancellationToken) is { } errors)
        {
            console.WriteLine($"It does not build; what runs goes on:\n{errors.TrimEnd()}");
            return false;
        }

        try
        {
            var request = new UpdateRequest(null, [], Execute: true, Build: false);
            using var planned = await host.PlanUpdateAsync(request, cancellationToken);
            if (!planned.Plan.Changed)
            {
                console.WriteLine("Nothing to update: what was built is what runs.");
                return false;
            }

            var outcome = await host.BeginUpdate(planned, request);
            if (outcome.Failure is { } failure)
            {
                console.WriteLine($"{outcome.Stack.Status}: {failure.Message}");
                return false;
            }

            var took = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
            var changes = Named([.. planned.Plan.Changes.Select(change => $"{change.Action} {change.LogicalId}")]);
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Updated in {took:0.00} s: {changes}"));
            return true;
        }
        catch (Exception e) when (e is DeploymentException or UpdateRefusedException)
        {
            console.WriteLine($"The stack stays as it is:\n{e.Message}");
            return false;
        }
    }

    private string Named(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0) return "Many files saved";
        var first = names.Order(StringComparer.Ordinal).Take(MaxNamed).Select(
            name => Path.IsPathRooted(name) ? Path.GetRelativePath(root, name) : name);
        return string.Join(", ", first) + (names.Count > MaxNamed ? $" and {names.Count - MaxNamed} more" : "");
    }
}
