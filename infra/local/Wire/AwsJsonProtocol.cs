using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Isobar.Local.Wire;

/// <summary>
/// The awsJson 1.0 and 1.1 protocols: the operation is named by <c>X-Amz-Target</c>, bodies are JSON.
/// </summary>
/// <remarks>Source: Smithy, "AWS JSON 1.0 protocol" and "AWS JSON 1.1 protocol".</remarks>
/// <param name="targetPrefix">What stands before the operation's name, for example <c>AmazonSQS</c>.</param>
/// <param name="version"><c>1.0</c> or <c>1.1</c>.</param>
/// <param name="errorNamespace">What stands before <c>#</c> in <c>__type</c>, for example
/// <c>com.amazonaws.sqs</c>; empty for a service whose errors have no namespace.</param>
/// <param name="maxRequestBytes">The largest request body, in bytes.</param>
/// <param name="notSupported">The service's error for a parameter that is not
/// built here; it is given the reason.</param>
internal sealed class AwsJsonProtocol(
    string targetPrefix, string version, string errorNamespace, long maxRequestBytes,
    Func<string, AwsException> notSupported) : IWireProtocol
{
    private readonly Dictionary<string, Operation> operations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<HttpContext, CallScope, Task>> streams = new(StringComparer.Ordinal);

    // Reads a request, runs it, and calls "begin" before it writes the answer.
    private delegate Task Operation(
        PipeReader body, PipeWriter answer, CallScope scope, Action begin, CancellationToken cancellationToken);

    public long MaxRequestBytes => maxRequestBytes;

    private string ContentType => version == "1.0" ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";

    /// <summary>
    /// Adds an operation. Its request type must refuse unmapped members, so that no parameter is ignored.
    /// </summary>
    /// <param name="actions">What authorization is asked; null when the operation has no resource.</param>
    public AwsJsonProtocol Add<TRequest, TResponse>(
        string operation, Func<JsonTypeInfo<TRequest>> requestType, Func<JsonTypeInfo<TResponse>> responseType,
        Func<TRequest, CallScope, ValueTask<TResponse>> handle,
        Func<TRequest, CallScope, IEnumerable<ResourceAction>>? actions = null)
        where TRequest : class
    {
        operations.Add(operation, async (body, answer, scope, begin, cancellationToken) =>
        {
            var request = await ReadAsync(body, requestType(), cancellationToken);
            scope.Authorize(operation, request, actions);
            var response = await handle(request, scope);
            begin();
            await JsonSerializer.SerializeAsync(answer, response, responseType(), cancellationToken);
        });
        return this;
    }

    /// <summary>Adds an operation whose answer is a stream of events, which begins with the first one.</summary>
    /// <param name="handle">Is given what sends an event, by its name in the stream, and its payload as JSON. Until
    /// the first event an exception is the operation's answer.</param>
    public AwsJsonProtocol AddStream<TRequest>(
        string operation, Func<JsonTypeInfo<TRequest>> requestType,
        Func<TRequest, CallScope, Func<string, ReadOnlyMemory<byte>, Task>, Task> handle,
        Func<TRequest, CallScope, IEnumerable<ResourceAction>>? actions = null)
        where TRequest : class
    {
        streams.Add(operation, async (http, scope) =>
        {
            var request = await ReadAsync(http.Request.BodyReader, requestType(), http.RequestAborted);
            scope.Authorize(operation, request, actions);
            await handle(request, scope, (name, payload) => SendAsync(http, scope, name, payload));
        });
        return this;
    }

    public Task HandleAsync(HttpContext http, CallScope scope)
    {
        if (HttpMethods.IsPost(http.Request.Method) && OperationOf(http) is { } name)
        {
            if (streams.TryGetValue(name, out var stream)) return stream(http, scope);
            if (operations.TryGetValue(name, out var operation))
                return operation(
                    http.Request.BodyReader, http.Response.BodyWriter, scope, () => Prepare(http, scope, 200),
                    http.RequestAborted);
        }

        throw Unknown(http);
    }

    /// <summary>The error for a target that names no operation of the service.</summary>
    public static AwsException Unknown(HttpContext http) => new(
        "UnknownOperationException", $"The operation {http.Request.Headers["X-Amz-Target"]} is not known here.");

    /// <summary>What the request's target names; null when it is of another service.</summary>
    public string? OperationOf(HttpContext http)
    {
        var target = http.Request.Headers["X-Amz-Target"].ToString();
        var dot = target.LastIndexOf('.');
        return dot > 0 && target.AsSpan(0, dot).SequenceEqual(targetPrefix) ? target[(dot + 1)..] : null;
    }

    /// <summary>Runs an operation for another protocol whose documents have the same members.</summary>
    /// <param name="body">The request as JSON.</param>
    /// <returns>The answer as JSON.</returns>
    /// <exception cref="AwsException">UnknownOperationException, or what the operation refuses.</exception>
    public async Task<ReadOnlyMemory<byte>> RunAsync(
        string operation, ReadOnlyMemory<byte> body, CallScope scope, CancellationToken cancellationToken)
    {
        if (!operations.TryGetValue(operation, out var known))
            throw new AwsException("UnknownOperationException", $"The operation {operation} is not known here.");
        using var answer = new MemoryStream();
        var writer = PipeWriter.Create(answer, new StreamPipeWriterOptions(leaveOpen: true));
        await known(
            PipeReader.Create(new ReadOnlySequence<byte>(body)), writer, scope, () => { }, cancellationToken);
        await writer.CompleteAsync();
        return answer.ToArray();
    }

    public Task WriteErrorAsync(HttpContext http, CallScope scope, AwsException error)
    {
        Prepare(http, scope, error.Status);
        if (error.QueryCode is { } queryCode)
            http.Response.Headers["x-amzn-query-error"] = $"{queryCode};{(error.Status < 500 ? "Sender" : "Receiver")}";
        foreach (var (name, value) in error.Headers) http.Response.Headers[name] = value;

        return http.Response.WriteAsync(ErrorBody(error).ToJsonString(), http.RequestAborted);
    }

    /// <summary>An error as a document.</summary>
    public JsonObject ErrorBody(AwsException error)
    {
        var owner = error.Code == "UnknownOperationException" ? "com.amazon.coral.service" : errorNamespace;
        var body = new JsonObject { ["__type"] = owner.Length > 0 ? $"{owner}#{error.Code}" : error.Code };
        if (error.Message.Length > 0) body["message"] = error.Message;
        foreach (var (name, value) in error.Members ?? []) body[name] = value?.DeepClone();
        return body;
    }

    private async ValueTask<TRequest> ReadAsync<TRequest>(
        PipeReader body, JsonTypeInfo<TRequest> type, CancellationToken cancellationToken)
        where TRequest : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken)
                ?? throw new AwsException("SerializationException",
                    "Start of structure or map found where not expected.");
        }
        catch (JsonException e) when (e.Message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            throw notSupported($"The parameter at {e.Path} is not supported.");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new AwsException("SerializationException",
                "The request body could not be read as JSON of this operation.");
        }
    }

    private async Task SendAsync(HttpContext http, CallScope scope, string name, ReadOnlyMemory<byte> payload)
    {
        if (!http.Response.HasStarted)
        {
            Prepare(http, scope, 200);
            http.Response.ContentType = EventStreamMessage.ContentType;
            await http.Response.Body.WriteAsync(
                EventStreamMessage.Event(EventStreamMessage.InitialResponse, "{}"u8, ContentType),
                http.RequestAborted);
        }

        await http.Response.Body.WriteAsync(
            name.EndsWith("Exception", StringComparison.Ordinal)
                ? EventStreamMessage.Exception(name, payload.Span, ContentType)
                : EventStreamMessage.Event(name, payload.Span, ContentType),
            http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    private void Prepare(HttpContext http, CallScope scope, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = ContentType;
        http.Response.Headers["x-amzn-RequestId"] = scope.RequestId;
    }
}
