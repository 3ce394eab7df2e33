using System.Text;

namespace Isobar.Local.Wire;

/// <summary>
/// awsJson 1.1 with bodies that are CBOR where the client wants it, by the content type: the SDK for Java and what is
/// built on it. Errors, too, have the form of the request.
/// </summary>
/// <remarks>Source: the AWS SDK for Java: <c>application/x-amz-cbor-1.1</c>, the operation in <c>X-Amz-Target</c>.
/// </remarks>
/// <param name="json">Has the operations.</param>
/// <param name="members">What CBOR must know of the service's members.</param>
internal sealed class CborBodyProtocol(AwsJsonProtocol json, CborMembers members) : IWireProtocol
{
    private const string ContentType = "application/x-amz-cbor-1.1";

    public long MaxRequestBytes => json.MaxRequestBytes;

    public async Task HandleAsync(HttpContext http, CallScope scope)
    {
        if (!IsCbor(http))
        {
            await json.HandleAsync(http, scope);
            return;
        }

        if (!HttpMethods.IsPost(http.Request.Method) || json.OperationOf(http) is not { } operation)
            throw AwsJsonProtocol.Unknown(http);
        // The front door has set a limit on the body.
        using var read = new MemoryStream();
        await http.Request.Body.CopyToAsync(read, http.RequestAborted);
        var body = CborText.ToJson(read.GetBuffer().AsMemory(0, (int)read.Length), members.CountsMilliseconds);
        await WriteAsync(http, scope, 200, await json.RunAsync(operation, body, scope, http.RequestAborted));
    }

    public Task WriteErrorAsync(HttpContext http, CallScope scope, AwsException error) => IsCbor(http)
        ? WriteAsync(http, scope, error.Status, Encoding.UTF8.GetBytes(json.ErrorBody(error).ToJsonString()))
        : json.WriteErrorAsync(http, scope, error);

    private static bool IsCbor(HttpContext http) => http.Request.ContentType == ContentType;

    private async Task WriteAsync(HttpContext http, CallScope scope, int status, ReadOnlyMemory<byte> document)
    {
        var body = CborText.FromJson(document, members);
        http.Response.StatusCode = status;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = body.Length;
        http.Response.Headers["x-amzn-RequestId"] = scope.RequestId;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
