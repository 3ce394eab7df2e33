using Isobar.Local.Deployment.Packages;
using Isobar.Local.Ownership;

namespace Isobar.Local.Deployment.Updates;

/// <summary>Updates the stack of a host, one update at a time.</summary>
internal sealed class StackUpdates(
    DeployedStacks stacks, DeployedStack deployed, ProviderTable providers, TemplateParts parts,
    ICodePackager packager, ServiceClock clock) : IAsyncDisposable
{
    private readonly Monitor<UpdateState> state = new("stack updates", new UpdateState(), clock);
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;
    private volatile DeployedStack current = deployed;

    /// <summary>The stack as the last update left it.</summary>
    public DeployedStack Stack => current;

    /// <summary>Packages the code and works out what is to be done. Nothing is changed.</summary>
    /// <param name="build">Whether projects are built first, where the host builds projects.</param>
    /// <returns>Holds the place of the one update; give it to <see cref="Begin"/>, or dispose it.</returns>
    /// <exception cref="DeploymentException">The template has errors, or can't be had from this stack.</exception>
    /// <exception cref="UpdateRefusedException">Another update runs, or the last one left the stack broken.</exception>
    public async Task<PlannedUpdate> PlanAsync(
        TemplateSource template, ParameterProfile profile, bool build, CancellationToken cancellationToken)
    {
        if (current.Status == StackStatus.RollbackFailed)
            throw new UpdateRefusedException(
                $"Stack {current.Identity.StackName} is in {StackStatus.RollbackFailed} state and can not be updated. "
                    + "Use `isobar reset`, or stop the host and start it again.");
        if (!state.Ask((updates, _) => updates.TryTake()))
            throw new UpdateRefusedException(
                $"Stack {current.Identity.StackName} is in {StackStatus.UpdateInProgress} state and can not be "
                    + "updated.");
        try
        {
            var errors = new ErrorList();
            var raw = StackPlan.Prepare(
                template, profile, current.Identity, providers.Types, parts, errors, current.ParameterValues);
            var packaged = await TemplatePackages.PackageAsync(template, raw, packager, build, cancellationToken);
            return new PlannedUpdate(UpdatePlan.Prepare(current, packaged, profile, providers, parts), GiveBack);
        }
        catch
        {
            GiveBack();
            throw;
        }
    }

    /// <summary>The code that a template refers to.</summary>
    /// <returns>Nothing when the template has errors.</returns>
    public IReadOnlyList<CodeReference> CodeOf(TemplateSource template, ParameterProfile profile)
    {
        try
        {
            return TemplatePackages.In(StackPlan.Prepare(
                template, profile, current.Identity, providers.Types, parts, new ErrorList(),
                current.ParameterValues));
        }
        catch (DeploymentException)
        {
            return [];
        }
    }

    /// <summary>Begins to carry out a plan; it goes on when the caller does not wait.</summary>
    /// <returns>Ends with the update.</returns>
    public Task<UpdateOutcome> Begin(PlannedUpdate planned)
    {
        planned.Take();
        state.Post((updates, _) => updates.Begin());
        var run = RunAsync(planned.Plan);
        running = run;
        return run;
    }

    /// <summary>Waits for events after those that the caller has seen, or for the end.</summary>
    /// <param name="after">How many events the caller has seen.</param>
    /// <param name="bound">Real time; then the answer has no events.</param>
    public async Task<UpdateProgress> WaitAsync(int after, TimeSpan bound, CancellationToken cancellationToken)
    {
        var (progress, more) = state.Ask((updates, _) => updates.Since(after));
        if (progress.Events.Count > 0 || progress.Outcome is not null || progress.Number == 0) return progress;
        await more.WaitAsync(bound, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return state.Ask((updates, _) => updates.Since(after)).Progress;
    }

    /// <summary>Ends an update that waits; the stack stays as it is then.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        state.Dispose();
        stop.Dispose();
    }

    private async Task<UpdateOutcome> RunAsync(UpdatePlan plan)
    {
        // The caller does not wait for the first step.
        await Task.Yield();
        stacks.Publish(plan.Stack with { Status = StackStatus.UpdateInProgress, LastUpdatedTime = clock.GetUtcNow() });
        var outcome = await new StackUpdate(
                plan, providers, clock.GetUtcNow, happened => state.Post((updates, _) => updates.Add(happened)))
            .RunAsync(stop.Token);
        current = outcome.Stack;
        stacks.Publish(outcome.Stack);
        state.Post((updates, _) => updates.End(outcome));
        return outcome;
    }

    private void GiveBack() => state.Post((updates, _) => updates.GiveBack());
}

/// <summary>A plan, and the place of the one update.</summary>
internal sealed class PlannedUpdate(UpdatePlan plan, Action giveBack) : IDisposable
{
    private bool isTaken;

    public UpdatePlan Plan => plan;

    /// <summary>From now on the update gives the place back.</summary>
    public void Take() => isTaken = true;

    public void Dispose()
    {
        if (!isTaken) giveBack();
        isTaken = true;
    }
}

/// <summary>The stack can't be updated now.</summary>
internal sealed class UpdateRefusedException(string message) : Exception(message);
