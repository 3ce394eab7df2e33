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
        catch (Exception e) when (IsUnreachable(e))
        {
            var url = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL");
            throw new UsageException($"Nobody answers: {e.Message}. " + (url is { Length: > 0 }
                ? $"AWS_ENDPOINT_URL is {url}: start the host there (isobar up), or unset it to ask AWS."
                : "To ask a host, set AWS_ENDPOINT_URL to its address."));
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new UsageException($"AWS can't be asked: {e.Message}");
        }
    }

    // A service's client wraps it; one that answered has a status.
    private static bool IsUnreachable(Exception e) => e is HttpRequestException { StatusCode: null }
        || e is AmazonServiceException { StatusCode: 0, InnerException: HttpRequestException }
        || e is AmazonClientException { InnerException: HttpRequestException };
}
