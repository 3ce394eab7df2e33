namespace Isobar.Local.Edge.Requests;

/// <summary>A request that the distribution answers itself, with an error.</summary>
/// <param name="status">The viewer's status.</param>
/// <param name="result">What <c>X-Cache</c> says, before "from cloudfront".</param>
/// <param name="message">What the viewer reads, as sentences.</param>
internal sealed class EdgeException(int status, string result, string message) : Exception(message)
{
    public int Status => status;

    public string Result => result;
}
