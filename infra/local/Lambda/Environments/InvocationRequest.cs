namespace Isobar.Local.Lambda.Environments;

/// <summary>One invocation as the Invoke API, the asynchronous queue or an event source mapping asks for it.</summary>
/// <param name="RequestId">A UUID; the retries of one asynchronous event share it.</param>
/// <param name="Payload">
/// The event, at most 6 MiB + 100 bytes; the caller has checked the limit of its own door.
/// </param>
/// <param name="InvokedFunctionArn">The ARN as invoked: unqualified, or with version or alias.</param>
/// <param name="ClientContext">JSON, already decoded from base64; synchronous invocations only.</param>
/// <param name="TraceId">The <c>X-Amzn-Trace-Id</c> header, rebuilt as <c>Root=…;Parent=…;Sampled=…</c>.</param>
internal sealed record InvocationRequest(
    string RequestId,
    ReadOnlyMemory<byte> Payload,
    string InvokedFunctionArn,
    string? ClientContext = null,
    string? TraceId = null)
{
    /// <summary>
    /// True when the caller wants the log tail. The answer then waits for the REPORT line, which exists once the
    /// runtime has asked for its next event; otherwise the answer leaves as soon as the runtime has posted it.
    /// </summary>
    public bool LogTail { get; init; }

    /// <summary>By which of Lambda's doors it came.</summary>
    public InvocationCaller Caller { get; init; }

    /// <summary>Who is served first where this machine has too few environments.</summary>
    public InvocationPriority Priority { get; init; }

    /// <summary>The media type given to the runtime with the event.</summary>
    public string ContentType { get; init; } = "application/json";
}

/// <summary>Which of Lambda's doors an invocation came by.</summary>
internal enum InvocationCaller
{
    /// <summary>The Invoke API, or a service that waits for the answer.</summary>
    Synchronous,

    /// <summary>An attempt of an asynchronous event.</summary>
    AsynchronousEvent,

    /// <summary>A batch of an event source mapping.</summary>
    EventSourceMapping,
}

/// <summary>Whether somebody waits for an invocation.</summary>
internal enum InvocationPriority
{
    /// <summary>A caller waits for the answer.</summary>
    Synchronous,

    /// <summary>An asynchronous event or a polled batch: nobody waits, and it may take its time.</summary>
    Background,
}
