using System.Text.Json.Nodes;
using Isobar.Local;
using Isobar.Local.Deployment.Updates;

namespace Isobar.Stories.Updates;

/// <summary>A host whose template and code are in a folder of its own, where a story changes them.</summary>
internal sealed class UpdatedHost : IAsyncDisposable
{
    private const string Start = "Transform: AWS::Serverless-2016-10-31\n";

    private readonly DirectoryInfo folder;

    private UpdatedHost(DirectoryInfo folder, LocalHost host) => (this.folder, Host) = (folder, host);

    public LocalHost Host { get; private set; }

    /// <param name="scripts">Executable files beside the template.</param>
    public static async Task<UpdatedHost> StartAsync(string sections, params (string Path, string Text)[] scripts)
    {
        var folder = Directory.CreateTempSubdirectory("isobar-updated-");
        WriteCode(folder);
        foreach (var (path, text) in scripts) WriteScript(Path.Combine(folder.FullName, path), text);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "template.yaml"), Start + sections);
        return new UpdatedHost(folder, await LocalHost.StartAsync(
            new LocalHostOptions
            {
                TemplateFile = Path.Combine(folder.FullName, "template.yaml"),
                Port = 0,
                RepositoryRoot = folder.FullName,
                DataDirectory = Path.Combine(folder.FullName, "data"),
            },
            CancellationToken.None));
    }

    /// <summary>What the probe's file <c>version</c> says from the next update on.</summary>
    public void WriteCode(string version) =>
        File.WriteAllText(Path.Combine(folder.FullName, "code", "version"), version);

    public Task WriteTemplateAsync(string sections) =>
        File.WriteAllTextAsync(Path.Combine(folder.FullName, "template.yaml"), Start + sections);

    /// <summary>Updates, and expects that it is complete.</summary>
    /// <param name="parameters"><c>Name=value</c> pairs.</param>
    /// <returns>What was changed, for example <c>Modify EchoAliaslive</c>.</returns>
    public async Task<IReadOnlyList<string>> UpdateAsync(string? sections = null, params string[] parameters)
    {
        var (changes, outcome) = await TryUpdateAsync(sections, parameters);
        Assert.True(outcome.Failure is null, outcome.Failure?.Message);
        return changes;
    }

    public async Task<(IReadOnlyList<string> Changes, UpdateOutcome Outcome)> TryUpdateAsync(
        string? sections = null, params string[] parameters)
    {
        if (sections is not null) await WriteTemplateAsync(sections);
        var request = new UpdateRequest(null, parameters, Execute: true, Build: false);
        using var planned = await Host.PlanUpdateAsync(request, CancellationToken.None);
        var outcome = await Host.BeginUpdate(planned, request);
        return ([.. planned.Plan.Changes.Select(change => $"{change.Action} {change.LogicalId}")], outcome);
    }

    /// <summary>Puts an empty host in the place of this one, as <c>isobar reset</c> does.</summary>
    public async Task ResetAsync()
    {
        await Host.DisposeAsync();
        Host = await LocalHost.StartAsync(
            Host.Continuation(Path.Combine(folder.FullName, "data-after")), CancellationToken.None);
    }

    public Task<DeployedStack> FindAsync() =>
        DeployedStack.FindAsync(Host.Address, Host.Options.Region, Host.Options.StackName);

    /// <summary>Invokes a function by its alias <c>live</c>.</summary>
    public static async Task<(string Version, string Answer)> InvokeAsync(
        DeployedStack stack, string logicalId, JsonObject payload)
    {
        using var answer = await stack.Calls.InvokeAsync(
            stack.NameOf(logicalId) + ":live", payload.ToJsonString(), "RequestResponse");
        Assert.False(answer.Headers.Contains("X-Amz-Function-Error"), await answer.Content.ReadAsStringAsync());
        return (
            answer.Headers.GetValues("X-Amz-Executed-Version").Single(), await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static void WriteScript(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    // A folder without a project is a package itself.
    private static void WriteCode(DirectoryInfo folder)
    {
        var code = folder.CreateSubdirectory("code");
        var output = Repository.In("artifacts", "bin", "Probe", Repository.Configuration.ToLowerInvariant());
        foreach (var file in Directory.GetFiles(output))
            File.Copy(file, Path.Combine(code.FullName, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(code.FullName, "version"), "one");
    }
}
