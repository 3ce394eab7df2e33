using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;

namespace Isobar.Local.Tests.Deployment.Updates;

/// <summary>A stack of <see cref="Things"/> that a test updates.</summary>
internal sealed class UpdatedStack
{
    private readonly ProviderTable providers;

    private UpdatedStack(Things things, DeployedStack stack)
    {
        (Things, Stack) = (things, stack);
        providers = new ProviderTable([things], HostTemplateParts.All);
        things.Calls.Clear();
    }

    public Things Things { get; }

    public DeployedStack Stack { get; private set; }

    public List<StackEvent> Events { get; } = [];

    public static async Task<UpdatedStack> DeployAsync(string template, ParameterProfile? profile = null)
    {
        var things = new Things();
        return new UpdatedStack(things, await StackDeployment.DeployAsync(
            new TemplateSource("template.yaml", template), profile ?? ParameterProfile.Empty, Deploy.Stack, [things],
            HostTemplateParts.All, Deploy.Created, TestContext.Current.CancellationToken));
    }

    /// <exception cref="DeploymentException">The plan is refused.</exception>
    public UpdatePlan Plan(string template, ParameterProfile? profile = null) => UpdatePlan.Prepare(
        Stack, new TemplateSource("template.yaml", template), profile ?? ParameterProfile.Empty, providers,
        HostTemplateParts.All);

    /// <summary>The errors of a plan that must be refused, one line each.</summary>
    public string[] Refusal(string template, ParameterProfile? profile = null) =>
        [.. Assert.Throws<DeploymentException>(() => Plan(template, profile)).Errors.Select(error => $"{error}")];

    public async Task<UpdateOutcome> UpdateAsync(string template, ParameterProfile? profile = null)
    {
        Things.Calls.Clear();
        Events.Clear();
        var outcome = await new StackUpdate(
                Plan(template, profile), providers, () => Deploy.Created.AddHours(1), Events.Add)
            .RunAsync(TestContext.Current.CancellationToken);
        Stack = outcome.Stack;
        return outcome;
    }

    /// <summary>What exists, with the parts of names that are generated left out.</summary>
    public IEnumerable<string> State() => Stack.Resources.Select(resource => $"{resource.LogicalId}: "
        + Stack.Resources.Aggregate(
            Things.Live[resource.PhysicalId],
            (text, other) => text.Replace(other.PhysicalId, $"<{other.LogicalId}>", StringComparison.Ordinal)));
}
