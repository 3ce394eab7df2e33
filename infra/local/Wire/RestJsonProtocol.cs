using System.Text.Json.Nodes;

namespace Isobar.Local.Wire;

/// <summary>One request that a route has matched.</summary>
/// <param name="label">The part of the path that matches the route's <c>{…}</c>; empty for a route without.</param>
/// <param name="secondLabel">The end of the path, of a route that ends with a second <c>{…}</c>; or empty.</param>
internal readonly struct RestRequest(
    HttpContext http, CallScope scope, string label, string action, string secondLabel = "")
{
    public HttpContext Http => http;

    public CallScope Scope => scope;

    public string Label => label;

    public string SecondLabel => secondLabel;

    /// <summary>As IAM spells it, without the service: <c>InvokeFunction</c>.</summary>
    public string Action => action;

    /// <summary>A query parameter, or null when it is absent or empty.</summary>
    public string? Query(string name) =>
        http.Request.QueryString.HasValue && http.Request.Query[name].ToString() is { Length: > 0 } value
            ? value
            : null;
}

/// <summary>
/// The restJson1 protocol: method and path name the operation, bodies are JSON, errors are named in a header.
/// </summary>
/// <remarks>Source: Smithy, "AWS REST JSON 1.0 protocol".</remarks>
/// <param name="maxRequestBytes">The largest request body, in bytes.</param>
internal sealed class RestJsonProtocol(long maxRequestBytes) : IWireProtocol
{
    private readonly List<Route> routes = [];

    public long MaxRequestBytes => maxRequestBytes;

    /// <summary>Adds an operation.</summary>
    /// <param name="action">As IAM spells it, without the service: <c>InvokeFunction</c>.</param>
    /// <param name="path">Has at most one label, a whole segment: <c>/2015-03-31/functions/{FunctionName}</c>; and a
    /// second one, if it is the last segment: <c>/2015-03-31/functions/{FunctionName}/aliases/{Name}</c>.</param>
    /// <param name="resource">The ARN of what the request is about, or its last part; null when the action has no
    /// resource.</param>
    public RestJsonProtocol Add(
        string action, string method, string path, Func<RestRequest, ValueTask> handle,
        Func<RestRequest, string>? resource = null)
    {
        var open = path.IndexOf('{', StringComparison.Ordinal);
        var close = path.IndexOf('}', StringComparison.Ordinal);
        var second = path.IndexOf('{', close + 1);
        routes.Add(open < 0
            ? new Route(action, method, path, null, false, handle, resource)
            : new Route(
                action, method, path[..open], second < 0 ? path[(close + 1)..] : path[(close + 1)..second], second >= 0,
                handle, resource));
        return this;
    }

    /// <exception cref="AwsException">UnknownOperationException (404): no route has this method and path.</exception>
    public Task HandleAsync(HttpContext http, CallScope scope)
    {
        var path = http.Request.Path.Value ?? "";
        foreach (var route in routes)
        {
            if (route.Match(http.Request.Method, path) is not var (label, second)) continue;
            var request = new RestRequest(http, scope, label, route.Action, second);
            scope.Authorize(route.Action, request, route.Actions);
            return route.Handle(request).AsTask();
        }

        throw new AwsException(
            "UnknownOperationException", $"The operation {http.Request.Method} {path} is not known here.", 404);
    }

    /// <summary>Writes the members of the error, and its message unless they hold one under either spelling.</summary>
    public Task WriteErrorAsync(HttpContext http, CallScope scope, AwsException error)
    {
        http.Response.StatusCode = error.Status;
        http.Response.ContentType = "application/json";
        http.Response.Headers["x-amzn-RequestId"] = scope.RequestId;
        http.Response.Headers["x-amzn-ErrorType"] = error.Code;
        foreach (var (name, value) in error.Headers) http.Response.Headers[name] = value;

        var body = new JsonObject();
        foreach (var (name, value) in error.Members ?? []) body[name] = value?.DeepClone();
        if (!body.ContainsKey("message") && !body.ContainsKey("Message")) body["message"] = error.Message;
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }

    private sealed record Route(
        string Action, string Method, string Before, string? After, bool EndsWithLabel,
        Func<RestRequest, ValueTask> Handle, Func<RestRequest, string>? Resource)
    {
        public IEnumerable<ResourceAction> Actions(RestRequest request, CallScope scope) =>
            Resource is null ? [] : [scope.On(Action, Resource(request))];

        /// <returns>The labels, or null when this is another operation's request.</returns>
        public (string First, string Second)? Match(string method, string path)
        {
            if (!HttpMethods.Equals(method, Method)) return null;
            if (After is null) return path == Before ? ("", "") : null;
            if (!path.StartsWith(Before, StringComparison.Ordinal)) return null;
            var second = "";
            if (EndsWithLabel)
            {
                second = path[(path.LastIndexOf('/') + 1)..];
                if (second.Length == 0) return null;
            }

            var length = path.Length - Before.Length - After.Length - second.Length;
            return length > 0
                && path.AsSpan(Before.Length + length, After.Length).SequenceEqual(After)
                && path.AsSpan(Before.Length, length) is var label && !label.Contains('/')
                ? (label.ToString(), second)
                : null;
        }
    }
}
