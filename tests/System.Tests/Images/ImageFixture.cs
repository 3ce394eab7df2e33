using Isobar.Local;
using Isobar.Stories.Costs;

namespace Isobar.Stories.Images;

/// <summary>A host with the stack of infra/stacks/image.yaml: Report as a zip file and as an image.</summary>
public sealed class ImageFixture : IAsyncLifetime
{
    private readonly LazyStart<Started> start;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-image-");

    public ImageFixture() => start = new LazyStart<Started>(StartAsync);

    internal LocalHost Host => start.Value.Host;

    internal DeployedStack Stack => start.Value.Stack;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (start.Started is { Host: var host, Stack: var stack })
        {
            stack.Dispose();
            await host.DisposeAsync();
            StoryReceipts.Leave(host);
        }

        folder.Delete(recursive: true);
    }

    private async Task<Started> StartAsync()
    {
        var host = StoryReceipts.Follow(await LocalHost.StartAsync(
            new LocalHostOptions
            {
                TemplateFile = Repository.In("infra", "stacks", "image.yaml"),
                Port = 0,
                RepositoryRoot = Repository.In("infra", "stacks"),
                Configuration = Repository.Configuration,
                DataDirectory = Path.Combine(folder.FullName, "data"),
                StackName = "isobar-image",
            },
            CancellationToken.None));
        return new Started(
            host, await DeployedStack.FindAsync(host.Address, host.Options.Region, host.Options.StackName));
    }

    private sealed record Started(LocalHost Host, DeployedStack Stack);
}
