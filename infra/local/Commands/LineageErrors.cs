using Amazon.Runtime;
using Isobar.Local.Lineage;

namespace Isobar.Local.Commands;

/// <summary>The errors of commands that ask a stack, of AWS or a host.</summary>
internal static class LineageErrors
{
    /// <exception cref="UsageException">The stack has no answer, or AWS can't be asked.</exception>
    public static async Task<int> ExplainedAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (LineageException e)
        {
            throw new UsageException(e.Message);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new UsageException($"AWS can't be asked: {e.Message}");
        }
    }
}
