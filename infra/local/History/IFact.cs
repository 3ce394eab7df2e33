namespace Isobar.Local.History;

/// <summary>
/// One thing that happened, as the journal keeps it: an immutable record in the past participle
/// (<c>InvocationThrottled</c>, <c>MessageSent</c>) that holds names and numbers, never payloads. Whoever reads facts
/// of all kinds (a console, a search by request, a test) reads these members.
/// </summary>
internal interface IFact
{
    /// <summary>
    /// What the work is followed by: the request id of an invocation or a call, or the id of the message or event. Null
    /// for a fact about none.
    /// </summary>
    string? RequestId => null;

    /// <summary>
    /// The resource that it happened to, as <see cref="FactResource"/> writes it. Null for the host itself.
    /// </summary>
    string? Resource => null;

    /// <summary>The <c>X-Amzn-Trace-Id</c> of the work; null for none, and where it is not known.</summary>
    string? TraceId => null;
}
