namespace Isobar.Local.Commands;

/// <summary>
/// The host at one address: after a reset another one, without data, takes the place of the first. It is a whole new
/// host, so nothing of the old one can be left.
/// </summary>
/// <param name="options">Of the first host; its data folders are made inside another.</param>
/// <param name="data">The folder for the data of all of them.</param>
internal sealed class HostInPlace(LocalHostOptions options, OwnedFolder data) : IAsyncDisposable
{
    private LocalHost? current;
    private int started;

    public LocalHost Current => current ?? throw new InvalidOperationException("The host was not started.");

    public async Task<LocalHost> StartAsync(CancellationToken cancellationToken) =>
        current = await LocalHost.StartAsync(
            options with { CanBeReset = true, DataDirectory = NextFolder() }, cancellationToken);

    /// <summary>Stops the current host and starts an empty one under its names and addresses.</summary>
    /// <exception cref="Wire.PortException">Another program took the port in between.</exception>
    public async Task ReplaceAsync(CancellationToken cancellationToken)
    {
        await Current.DisposeAsync();
        var next = Current.Continuation(NextFolder());
        current = null;
        current = await LocalHost.StartAsync(next, cancellationToken);
    }

    public ValueTask DisposeAsync() => current?.DisposeAsync() ?? ValueTask.CompletedTask;

    private string NextFolder() => Path.Combine(data.FullName, $"{started++}");
}
