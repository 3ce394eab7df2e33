using System.Diagnostics;
using System.Reflection;
using Isobar.Instrumentation.Lambda;

namespace Isobar.Instrumentation.Calls;

/// <summary>Finds .NET's listener of HTTP calls among all diagnostic listeners.</summary>
internal sealed class HttpListeners(HttpEvents events) : IObserver<DiagnosticListener>
{
    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "HttpHandlerDiagnosticListener") value.Subscribe(events, HttpEvents.IsWanted);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}

/// <summary>The events that every <see cref="HttpClient"/> of the process raises before and after a call.</summary>
/// <remarks>
/// Source: github.com/dotnet/runtime, System.Net.Http/src/System/Net/Http/DiagnosticsHandler.cs. Of its two pairs of
/// events this is the one without an Activity: with an Activity, .NET adds a header (traceparent) to every request, and
/// the function's calls would no longer be what they were. The events' types are .NET's own, so they are read by name.
/// </remarks>
internal sealed class HttpEvents(string runtimeApi, CallLog calls, RuntimeWatch runtime)
    : IObserver<KeyValuePair<string, object?>>
{
    private const string Request = "System.Net.Http.Request";
    private const string Response = "System.Net.Http.Response";

    private readonly Shape requests = new("Request");
    private readonly Shape responses = new("Response");
    private int complained;

    public static bool IsWanted(string name) => name is Request or Response;

    public void OnNext(KeyValuePair<string, object?> value)
    {
        try
        {
            Follow(value.Key, value.Value);
        }
        catch (Exception failure)
        {
            // It is raised in the middle of the function's call, which must go on.
            if (Interlocked.Exchange(ref complained, 1) == 0) StandardStreams.Complain(failure.Message);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private void Follow(string name, object? payload)
    {
        if (payload is null) return;
        if (name == Request && requests.Read(payload, out var begun) is HttpRequestMessage request)
            Begin(begun, request);
        else if (name == Response)
            End(payload);
    }

    private void Begin(Guid id, HttpRequestMessage request)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } address) return;
        if (address.Authority != runtimeApi) calls.Begin(id, request.Method.Method, address);
        else runtime.Begin(id, address.AbsolutePath);
    }

    private void End(object payload)
    {
        var response = responses.Read(payload, out var id) as HttpResponseMessage;
        if (!runtime.End(id)) calls.End(id, response is null ? 0 : (int)response.StatusCode);
    }

    /// <summary>How one of the events is read: its message, and the id that both events of a call have.</summary>
    private sealed class Shape(string message)
    {
        private PropertyInfo? messages;
        private PropertyInfo? ids;

        public object? Read(object payload, out Guid id)
        {
            messages ??= payload.GetType().GetProperty(message);
            ids ??= payload.GetType().GetProperty("LoggingRequestId");
            id = ids?.GetValue(payload) is Guid found ? found : default;
            return messages?.GetValue(payload);
        }
    }
}
