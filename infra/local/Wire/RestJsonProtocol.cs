using System.Text.Json.Nodes;

namespace Isobar.Local.Wire;

/// <summary>One request that a route has matched.</summary>
/// <param name="label">The part of the path that matches the route's <c>{…}</c>; empty for a route without.</param>
/// <param name="secondLabel">The part that matches a second <c>{…}</c>; empty for a route without.</param>
/// <param name="thirdLabel">The same for a third one.</param>
internal readonly struct RestRequest(
    HttpContext http, CallScope scope, string label, string action, string secondLabel = "", string thirdLabel = "")
{
    public HttpContext Http => http;

    public CallScope Scope => scope;

    public string Label => label;

    public string SecondLabel => secondLabel;

    public string ThirdLabel => thirdLabel;

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
    /// <param name="path">
    /// Has at most three labels, each a whole segment: <c>/2015-03-31/functions/{FunctionName}/aliases/{Name}</c>. It
    /// may end with a query parameter that the request must have: <c>/2018-10-31/layers?find=LayerVersion</c>; such a
    /// route comes before the one without.
    /// </param>
    /// <param name="resource">The ARN of what the request is about, or its last part; null when the action has no
    /// resource.</param>
    public RestJsonProtocol Add(
        string action, string method, string path, Func<RestRequest, ValueTask> handle,
        Func<RestRequest, string>? resource = null)
    {
        var (bare, query) = path.Split('?') is [var before, var parameter]
            ? (before, parameter.Split('='))
            : (path, null);
        var open = bare.IndexOf('{', StringComparison.Ordinal);
        var close = bare.IndexOf('}', StringComparison.Ordinal);
        var second = bare.IndexOf('{', close + 1);
        var route = open < 0
            ? new Route(action, method, bare, null, false, handle, resource)
            : new Route(
                action, method, bare[..open], second < 0 ? bare[(close + 1)..] : bare[(close + 1)..second], second >= 0,
                handle, resource);
        var endsWithSecond = second >= 0 && bare.IndexOf('}', second) == bare.Length - 1;
        routes.Add(route with
        {
            Query = query is [var name, var value] ? (name, value) : null,
            Segments = second < 0 || endsWithSecond ? null : bare.Split('/'),
        });
        return this;
    }

    /// <exception cref="AwsException">UnknownOperationException (404): no route has this method and path.</exception>
    public Task HandleAsync(HttpContext http, CallScope scope)
    {
        var path = http.Request.Path.Value ?? "";
        foreach (var route in routes)
        {
            if (route.Match(http.Request.Method, path) is not var (label, second, third)
                || (route.Query is var (name, value) && http.Request.Query[name] != value)) continue;
            var request = new RestRequest(http, scope, label, route.Action, second, third);
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
        /// <summary>A query parameter and the value that it must have; null for any.</summary>
        public (string Name, string Value)? Query { get; init; }

        /// <summary>Of a path whose second label is not its end; null for the others.</summary>
        public string[]? Segments { get; init; }

        public IEnumerable<ResourceAction> Actions(RestRequest request, CallScope scope) =>
            Resource is null ? [] : [scope.On(Action, Resource(request))];

        /// <returns>The labels, or null when this is another operation's request.</returns>
        public (string First, string Second, string Third)? Match(string method, string path)
        {
            if (!HttpMethods.Equals(method, Method)) return null;
            if (After is null) return path == Before ? ("", "", "") : null;
            if (!path.StartsWith(Before, StringComparison.Ordinal)) return null;
            if (Segments is not null) return MatchSegments(Segments, path.Split('/'));
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
                ? (label.ToString(), second, "")
                : null;
        }

        private static (string First, string Second, string Third)? MatchSegments(string[] wanted, string[] given)
        {
            if (wanted.Length != given.Length) return null;
            var labels = new List<string>(3);
            for (var at = 0; at < wanted.Length; at++)
            {
                if (!wanted[at].StartsWith('{'))
                {
                    if (wanted[at] != given[at]) return null;
                    continue;
                }

                if (given[at].Length == 0) return null;
                labels.Add(given[at]);
            }

            return (labels[0], labels[1], labels.ElementAtOrDefault(2) ?? "");
        }
    }
}
