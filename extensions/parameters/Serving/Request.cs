namespace Isobar.Parameters.Serving;

/// <summary>A request of the local interface, without a body.</summary>
/// <param name="Target">Path and query, as they were sent.</param>
/// <param name="Token">The header X-Aws-Parameters-Secrets-Token; null where it is missing.</param>
/// <param name="KeepsConnection">Whether another request may follow on the connection.</param>
internal sealed record Request(string Method, string Target, string? Token, bool KeepsConnection);

/// <summary>The response to one.</summary>
/// <param name="Headers">Beside the length and type of the body.</param>
internal sealed record Response(int Status, byte[] Body, params (string Name, string Value)[] Headers)
{
    public static Response Of(int status, string text) => new(status, System.Text.Encoding.UTF8.GetBytes(text));
}
