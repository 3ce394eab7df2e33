namespace Isobar.Stories.Claims;

/// <summary>
/// The gate of a stack, at which a story holds the Probe back. A story that fails opens it too, so that nobody is left
/// waiting who would take what another story sends.
/// </summary>
/// <param name="times">How many are to pass.</param>
internal sealed class ClosedGate(ProbeFixture stack, int times) : IAsyncDisposable
{
    private bool isOpen;

    public async Task OpenAsync()
    {
        if (isOpen) return;
        isOpen = true;
        for (var passed = 0; passed < times; passed++) await stack.SendAsync("Gate", "go on");
    }

    public async ValueTask DisposeAsync() => await OpenAsync();
}
