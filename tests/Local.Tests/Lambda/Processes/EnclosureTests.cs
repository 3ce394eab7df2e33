using System.Net;
using System.Net.Sockets;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Tests.Lambda.Processes;

/// <summary>The namespaces themselves, without an environment around them.</summary>
public sealed class EnclosureTests : IDisposable
{
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("isobar-enclosure-");
    private readonly ProcessLauncher launcher = new();

    public void Dispose()
    {
        launcher.Dispose();
        scratch.Delete(recursive: true);
    }

    [Fact]
    public async Task A_socket_of_the_environment_reaches_a_listener_inside()
    {
        using var enclosure = Enclosed();
        using var socket = await enclosure.CreateSocketAsync();
        var accepted = enclosure.RuntimeApi.AcceptAsync(TestContext.Current.CancellationToken);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, 9001), TestContext.Current.CancellationToken);
        (await accepted).Dispose();
    }

    [Fact]
    public void Nothing_of_the_mounts_shows_outside()
    {
        using var enclosure = Enclosed();
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(scratch.FullName, "root")));
        Assert.DoesNotContain(scratch.FullName, File.ReadAllText("/proc/self/mounts"));
    }

    [Fact]
    public void What_was_asked_for_and_cannot_be_had_is_refused_with_the_reason()
    {
        var file = Path.Combine(scratch.FullName, "file");
        File.WriteAllText(file, "");
        var refused = Assert.Throws<IsolationUnavailableException>(
            () => Isolation.Choose(IsolationChoice.Namespaces, launcher, null, Path.Combine(file, "below")));
        Assert.StartsWith("--isolation namespaces is not possible here: ", refused.Message);
        var otherwise = Isolation.Choose(IsolationChoice.Auto, launcher, null, Path.Combine(file, "below"));
        Assert.False(otherwise.UsesNamespaces);
        Assert.StartsWith("execution environments are plain processes, because ", otherwise.Description);
    }

    private IEnclosure Enclosed()
    {
        try
        {
            var isolation = Isolation.Choose(
                IsolationChoice.Namespaces, launcher, null, Path.Combine(scratch.FullName, "trial"));
            return isolation.Enclose(new EnclosureFolders(AppContext.BaseDirectory, null, scratch.FullName));
        }
        catch (IsolationUnavailableException unavailable)
        {
            Assert.Skip(unavailable.Message);
            throw;
        }
    }
}
