namespace Isobar.Stories.Parameters;

/// <summary>
/// Waits for the end of a time to live in an extension. Its time is real, which no story can move, and nobody is told
/// when it is over.
/// </summary>
internal static class Expiry
{
    // The shortest time to live, which is also how long the extension leaves a source alone that has failed.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1_100);

    // On AWS the stack has the template's time to live, 30 s.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);

    /// <summary>Looks after each pause, of which there is at least one.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var begun = TimeProvider.System.GetTimestamp();
        do
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Bound, $"not within {Bound.TotalSeconds} s");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
        while (!await condition());
    }
}
