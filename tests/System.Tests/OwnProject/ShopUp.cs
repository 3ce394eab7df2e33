using Isobar.Stories.HostLife;

namespace Isobar.Stories.OwnProject;

/// <summary>
/// The stack of samples/own-project, served by <c>up</c>: a copy outside this repository, which <c>up</c> builds.
/// </summary>
public sealed class ShopUp : IAsyncLifetime
{
    private CopiedProject? project;
    private HostProcess? host;

    internal Uri Address { get; private set; } = null!;

    /// <summary>What the host printed so far.</summary>
    internal string Output => host!.Output;

    public async ValueTask InitializeAsync()
    {
        if (!StoryTarget.IsLocal) return;
        project = new CopiedProject();
        host = HostProcess.Start(
            new HostSurroundings { Variables = project.BuildVariables }, "up", "--port", "0",
            "--template", Path.Combine(project.Folder, "template.yaml"), "--stack-name", "shop");
        Address = await host.AddressAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        project?.Dispose();
    }
}
