using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace Isobar.Local.Tour;

/// <summary>Reads an object of the data bucket that holds compressed JSON Lines, a line at a time.</summary>
internal static class GzipLines
{
    public static async IAsyncEnumerable<string> ReadAsync(
        StackClients clients, string key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var answer = await clients.S3.GetObjectAsync(clients.DataBucket, key, cancellationToken);
        await using var content = new GZipStream(answer.ResponseStream, CompressionMode.Decompress);
        using var reader = new StreamReader(content, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line) yield return line;
    }
}
