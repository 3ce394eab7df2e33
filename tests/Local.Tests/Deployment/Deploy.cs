using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Deployment;

/// <summary>Deploys template texts with a provider that remembers what it was asked to create.</summary>
internal static class Deploy
{
    public static readonly StackIdentity Stack = new(
        "isobar", "arn:aws:cloudformation:us-east-1:000000000000:stack/isobar/1", "000000000000", "us-east-1", "aws");

    public static readonly DateTimeOffset Created = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    public static async Task<DeployedStack> Template(
        string template, RecordingProvider? provider = null, ParameterProfile? profile = null) =>
        await StackDeployment.DeployAsync(
            new TemplateSource("template.yaml", template), profile ?? ParameterProfile.Empty, Stack,
            [provider ?? new RecordingProvider()], HostTemplateParts.All, Created,
            TestContext.Current.CancellationToken);

    /// <summary>The value of the output V, which is the expression under test.</summary>
    public static async Task<string> Value(string expression, string sections = "", ParameterProfile? profile = null)
    {
        var stack = await Template(
            $"{sections}\nResources: {{Queue: {{Type: 'Test::Thing'}}}}\nOutputs: {{V: {{Value: {expression}}}}}",
            profile: profile);
        return Assert.Single(stack.Outputs).Value;
    }

    /// <summary>The errors of a template that must not deploy, one line each.</summary>
    public static async Task<string[]> Errors(
        string template, RecordingProvider? provider = null, ParameterProfile? profile = null)
    {
        var exception = await Assert.ThrowsAsync<DeploymentException>(
            () => Template(template, provider, profile));
        return [.. exception.Errors.Select(error => error.ToString())];
    }
}
