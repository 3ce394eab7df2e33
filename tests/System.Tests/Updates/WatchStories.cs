using System.Text.Json.Nodes;
using Isobar.Stories.HostLife;

namespace Isobar.Stories.Updates;

/// <summary><c>up --watch</c>: what is saved is built, and runs.</summary>
public sealed class WatchStories
{
    [Fact]
    public async Task A_saved_file_is_built_and_runs_and_one_that_does_not_build_leaves_the_old_code()
    {
        using var project = new WatchedProject("one");
        await using var host = project.Up();
        var address = await host.AddressAsync();
        await SeenAsync(host, "Watching the source of 1 projects");
        using var stack = await DeployedStack.FindAsync(address, "us-east-1", "isobar");
        Assert.Equal(("1", "\"one\""), await UpdatedHost.InvokeAsync(stack, "Hello", new JsonObject()));

        project.Save("two");
        await SeenAsync(host, "Updated in ");
        Assert.Equal(("2", "\"two\""), await UpdatedHost.InvokeAsync(stack, "Hello", new JsonObject()));

        project.SaveSource("this is no C#");
        await SeenAsync(host, "It does not build; what runs goes on:");
        Assert.Contains("error CS", host.Output, StringComparison.Ordinal);
        Assert.Equal(("2", "\"two\""), await UpdatedHost.InvokeAsync(stack, "Hello", new JsonObject()));

        project.Save("three");
        await SeenAsync(host, "Updated in ", times: 2);
        Assert.Equal(("3", "\"three\""), await UpdatedHost.InvokeAsync(stack, "Hello", new JsonObject()));

        project.SaveTemplate("  Inbox: {Type: AWS::SQS::Queue}\n");
        await SeenAsync(host, "Updated in ", times: 3);
        Assert.Contains("Add Inbox", host.Output, StringComparison.Ordinal);
        Assert.Equal(("3", "\"three\""), await UpdatedHost.InvokeAsync(stack, "Hello", new JsonObject()));

        project.SaveTemplate("  Inbox: {Type: AWS::SNS::Topic}\n");
        await SeenAsync(host, "The stack stays as it is:");

        host.Signal(Isobar.Local.Lambda.Processes.Libc.SignalTerminate);
        Assert.Equal(0, await host.EndAsync());
    }

    [Fact]
    public async Task It_cannot_be_used_without_builds()
    {
        await using var host = HostProcess.Start("up", "--watch", "--no-build", "--port", "0");
        Assert.Equal(1, await host.EndAsync());
        Assert.Contains("--watch builds what is saved", host.Errors + host.Output, StringComparison.Ordinal);
    }

    private static Task SeenAsync(HostProcess host, string text, int times = 1) => ProcessTable.UntilAsync(
        () => host.Output.Split(text).Length > times, $"{times} times '{text}'");
}
