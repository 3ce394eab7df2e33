namespace Isobar.Api;

internal static class Margins
{
    /// <summary>What is kept of the timeout to fail in good order.</summary>
    public static readonly TimeSpan Answer = TimeSpan.FromSeconds(1);
}
