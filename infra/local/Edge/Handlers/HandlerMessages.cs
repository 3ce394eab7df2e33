using System.Text.Json;
using Isobar.Local.Edge.Events;

namespace Isobar.Local.Edge.Handlers;

/// <summary>One event for a handler.</summary>
internal sealed record HandlerCall(CloudFrontEvent Event, HandlerContext Context);

/// <summary>What the handler's context object says.</summary>
internal sealed record HandlerContext(
    string FunctionName, string FunctionVersion, string InvokedFunctionArn, string MemoryLimitInMB, string AwsRequestId,
    int TimeoutMs);

/// <summary>What a process says: first that it is ready, or failed to be; then an answer an event.</summary>
/// <param name="Ready">The version of Node.js or Python.</param>
internal sealed record HandlerReply(string? Ready, HandlerError? Failed, JsonElement? Result, HandlerError? Error);

/// <param name="Type">The error's name in its language.</param>
internal sealed record HandlerError(string Type, string Message);
