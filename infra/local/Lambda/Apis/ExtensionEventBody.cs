using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Apis;

/// <summary>The events that extensions get: INVOKE, without the payload, and SHUTDOWN.</summary>
/// <remarks>
/// Source: Lambda developer guide, "Extensions API"; the reasons are in lower case, as the emulator sends them.
/// </remarks>
internal static class ExtensionEventBody
{
    public static Task SendAsync(HttpContext http, PollAnswer given, Guid eventIdentifier)
    {
        http.Response.Headers["Lambda-Extension-Event-Identifier"] = eventIdentifier.ToString();
        return Replies.JsonAsync(http, writer =>
        {
            writer.WriteString("eventType", given.Invocation is null ? "SHUTDOWN" : "INVOKE");
            writer.WriteNumber("deadlineMs", given.Deadline.ToUnixTimeMilliseconds());
            if (given.Reason is { } reason)
                writer.WriteString("shutdownReason", reason.ToString().ToLowerInvariant());
            if (given.Invocation?.Request is not { } request) return;
            writer.WriteString("requestId", request.RequestId);
            writer.WriteString("invokedFunctionArn", request.InvokedFunctionArn);
            if (string.IsNullOrEmpty(request.TraceId)) return;
            writer.WriteStartObject("tracing");
            writer.WriteString("type", "X-Amzn-Trace-Id");
            writer.WriteString("value", request.TraceId);
            writer.WriteEndObject();
        });
    }
}
