using System.IO.Compression;

namespace Isobar.Local.Wire;

/// <summary>
/// A service that speaks two protocols: RPC v2 CBOR (the SDKs for .NET and JavaScript) and awsJson (the AWS CLI and
/// boto3). Both have the same operations and members. Requests may be compressed with gzip.
/// </summary>
/// <remarks>
/// Source: Smithy, "Smithy RPC v2 CBOR protocol" and "requestCompression trait".
/// </remarks>
/// <param name="json">Has the operations.</param>
/// <param name="service">The service's name in the path: <c>GraniteServiceVersion20100801</c>.</param>
/// <param name="errorNamespace">What stands before <c>#</c> in <c>__type</c>.</param>
/// <param name="members">What CBOR must know of a response's members.</param>
internal sealed class CborOrJsonProtocol(
    AwsJsonProtocol json, string service, string errorNamespace, CborMembers members) : IWireProtocol
{
    private const string ContentType = "application/cbor";

    public long MaxRequestBytes => json.MaxRequestBytes;

    public async Task HandleAsync(HttpContext http, CallScope scope)
    {
        if (IsCbor(http))
        {
            await HandleCborAsync(http, scope);
            return;
        }

        if (IsCompressed(http)) http.Request.Body = new MemoryStream(await ReadAsync(http), writable: false);
        await json.HandleAsync(http, scope);
    }

    public async Task WriteErrorAsync(HttpContext http, CallScope scope, AwsException error)
    {
        if (!IsCbor(http))
        {
            await json.WriteErrorAsync(http, scope, error);
            return;
        }

        var body = error.Members?.DeepClone().AsObject() ?? [];
        body["__type"] = $"{errorNamespace}#{error.Code}";
        body["message"] = error.Message;
        if (error.QueryCode is { } code)
            http.Response.Headers["x-amzn-query-error"] = $"{code};{(error.Status < 500 ? "Sender" : "Receiver")}";
        await WriteAsync(
            http, scope, error.Status, System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()));
    }

    private static bool IsCbor(HttpContext http) => http.Request.Headers["smithy-protocol"] == "rpc-v2-cbor";

    private static bool IsCompressed(HttpContext http) => http.Request.Headers.ContentEncoding == "gzip";

    private async Task HandleCborAsync(HttpContext http, CallScope scope)
    {
        var prefix = $"/service/{service}/operation/";
        var path = http.Request.Path.Value ?? "";
        if (!HttpMethods.IsPost(http.Request.Method) || !path.StartsWith(prefix, StringComparison.Ordinal))
            throw new AwsException("UnknownOperationException", $"The path {path} is not known here.", 404);
        var body = CborText.ToJson(await ReadAsync(http));
        var answer = await json.RunAsync(path[prefix.Length..], body, scope, http.RequestAborted);
        await WriteAsync(http, scope, 200, answer);
    }

    private async Task WriteAsync(HttpContext http, CallScope scope, int status, ReadOnlyMemory<byte> document)
    {
        var body = CborText.FromJson(document, members);
        http.Response.StatusCode = status;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = body.Length;
        http.Response.Headers["smithy-protocol"] = "rpc-v2-cbor";
        http.Response.Headers["x-amzn-RequestId"] = scope.RequestId;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>The body, decompressed: the limit holds for both sizes.</summary>
    private async Task<byte[]> ReadAsync(HttpContext http)
    {
        await using var source = IsCompressed(http)
            ? new GZipStream(http.Request.Body, CompressionMode.Decompress, leaveOpen: true)
            : http.Request.Body;
        using var read = new MemoryStream();
        var buffer = new byte[16_384];
        try
        {
            for (int many; (many = await source.ReadAsync(buffer, http.RequestAborted)) > 0;)
            {
                if (read.Length + many > MaxRequestBytes)
                    throw new AwsException(
                        "RequestEntityTooLarge", "The request body is larger than this service takes.", 413);
                read.Write(buffer, 0, many);
            }
        }
        catch (InvalidDataException)
        {
            throw new AwsException("SerializationException", "The request body could not be decompressed.");
        }

        return read.ToArray();
    }
}
