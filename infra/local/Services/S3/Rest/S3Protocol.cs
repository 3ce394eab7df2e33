using System.Text;
using Isobar.Local.Wire;
using Microsoft.AspNetCore.Http.Features;

namespace Isobar.Local.Services.S3.Rest;

/// <summary>The restXml protocol as S3 speaks it: the path names bucket and key (or the key alone, when the Host header
/// names the bucket), the query names the action.</summary>
/// <param name="routes">The first match of the longest list of markers wins.</param>
/// <param name="realTime">Presigned URLs live in real time.</param>
internal sealed class S3Protocol(IEnumerable<S3Route> routes, TimeProvider realTime) : IWireProtocol
{
    private readonly S3Route[] routes =
        [.. routes.OrderByDescending(route => route.Markers.Length + (route.MarkerHeader is null ? 0 : 1))];

    public long MaxRequestBytes => S3Limits.MaxRequestBytes;

    public Task HandleAsync(HttpContext http, CallScope scope)
    {
        http.Response.Headers["x-amz-request-id"] = scope.RequestId;
        http.Response.Headers["x-amz-id-2"] = S3Xml.HostId(scope.RequestId);
        var hostBucket = VirtualHost.BucketOf(http.Request.Host.Host);
        var target = RequestTarget.Parse(
            http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, hostBucket);
        var isForm = Forms.PostForm.IsIn(http.Request, target);
        var request = isForm
            ? new S3Request(http, scope, target, IsPresigned: false)
            : Authenticate(http, scope, target);
        request = request with { IsVirtualHosted = hostBucket is not null };
        var level = target switch
        {
            { Bucket: "", Key: "" } => ResourceLevel.Service,
            { Bucket: "" } => throw S3Errors.InvalidBucketName(""),
            { Key: "" } => ResourceLevel.Bucket,
            _ => ResourceLevel.Object,
        };
        CheckKey(target.Key);
        var route = routes.FirstOrDefault(each => each.Matches(level, request)) ?? throw NoRoute(level, request);
        route.RefuseOthers(request);
        if (request.Header("x-amz-expected-bucket-owner") is { } owner && owner != scope.AccountId)
            throw S3Errors.AccessDenied();
        // A form has its signature in the body, so its sender is known only when the body is read.
        if (!isForm) request.Scope.Authorize(route.Action, request, route.Actions);
        return route.Handle(request);
    }

    /// <exception cref="AwsException">KeyTooLongError.</exception>
    public static void CheckKey(string key)
    {
        if (Encoding.UTF8.GetByteCount(key) is var size and > S3Limits.MaxKeyBytes) throw S3Errors.KeyTooLong(size);
    }

    public Task WriteErrorAsync(HttpContext http, CallScope scope, AwsException error)
    {
        var hasNoBody = HttpMethods.IsHead(http.Request.Method) || error.Status == StatusCodes.Status304NotModified;
        if (!hasNoBody)
        {
            // Headers that the operation has already set describe the object, not the error.
            http.Response.Headers.Clear();
        }

        http.Response.Headers["x-amz-request-id"] = scope.RequestId;
        http.Response.Headers["x-amz-id-2"] = S3Xml.HostId(scope.RequestId);
        // A client that waits for 100 Continue does not send its body after an error: the next bytes are no body.
        if (http.Request.Headers.Expect.Count > 0) http.Response.Headers.Connection = "close";
        foreach (var (name, value) in error.Headers) http.Response.Headers[name] = value;
        if (!hasNoBody) return S3Xml.WriteErrorAsync(http, scope, error);
        http.Response.StatusCode = error.Status;
        http.Response.ContentLength = null;
        return Task.CompletedTask;
    }

    private S3Request Authenticate(HttpContext http, CallScope scope, RequestTarget target)
    {
        var query = target.Query;
        if (http.Request.Headers.Authorization.Count > 0)
        {
            if (!scope.IsSigned) throw S3Errors.UnsupportedAuthorization();
            if (query.ContainsKey("X-Amz-Signature"))
                throw S3Errors.InvalidArgument(
                    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, "
                    + "Signature query string parameter or the Authorization header should be specified",
                    "Authorization", http.Request.Headers.Authorization.ToString());
            return new S3Request(http, scope, target, IsPresigned: false);
        }

        if (scope.IsSigned)
        {
            PresignedUrl.Check(query, realTime.GetUtcNow());
            return new S3Request(http, scope, target, IsPresigned: true);
        }

        if (!PresignedUrl.IsOlder(query)) throw S3Errors.AccessDenied();
        PresignedUrl.CheckOlder(query, realTime.GetUtcNow());
        return new S3Request(http, scope with { AccessKey = query["AWSAccessKeyId"] }, target, IsPresigned: true);
    }

    private Exception NoRoute(ResourceLevel level, S3Request request)
    {
        var method = request.Http.Request.Method;
        if (HttpMethods.IsOptions(method)) return S3Errors.AccessForbidden();
        // S3 has other POST and HEAD actions, which are not built here; no action has another method.
        if (HttpMethods.IsPost(method) || HttpMethods.IsHead(method))
            return S3Errors.NotImplemented("Method", method);
        return S3Errors.MethodNotAllowed(method, level.ToString().ToUpperInvariant());
    }
}
