using System.Globalization;

namespace Isobar.Local.Commands;

/// <summary>
/// Compiles one project a few times while nobody has saved anything yet. MSBuild and the compiler stay in memory
/// between two builds, and their own code is compiled as it is used: without this, the first save after a start takes
/// three times as long as the fourth. What is compiled is not used.
/// </summary>
internal sealed class CompilerWarmUp : IAsyncDisposable
{
    // The third compilation is about as quick as all that follow.
    private const int Times = 3;

    private readonly CancellationTokenSource ended = new();
    private readonly Task compiling;
    private volatile bool isEnough;

    /// <param name="compile">Compiles into a folder, whose name is given.</param>
    public CompilerWarmUp(Func<string, CancellationToken, Task> compile) => compiling = Task.Run(async () =>
    {
        for (var time = 0; time < Times && !isEnough; time++)
            await compile(time.ToString(CultureInfo.InvariantCulture), ended.Token);
    });

    /// <summary>
    /// Gives the processors to a build. A compilation that is under way is waited for: ending it would end what is kept
    /// in memory.
    /// </summary>
    public Task StopAsync()
    {
        isEnough = true;
        return compiling;
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        try
        {
            await compiling;
        }
        catch (OperationCanceledException)
        {
            // It was under way.
        }

        ended.Dispose();
    }
}
