using Isobar.Local.Costs;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.History;

namespace Isobar.Local.Edge.Requests;

/// <summary>The distribution answered a viewer.</summary>
/// <param name="Uri">As the viewer wrote it, without the query string.</param>
/// <param name="Served">What was served: the URI after viewer-request and the default root object.</param>
/// <param name="Result">What <c>X-Cache</c> says, before "from cloudfront".</param>
internal sealed record EdgeRequestAnswered(
    string RequestId, string Method, string Uri, string Served, int Status, string Result) : IChargedFact
{
    /// <summary>Of the body; 0 for HEAD and where it is streamed.</summary>
    public long Bytes { get; init; }

    public IEnumerable<Charge> Charges =>
        [new Charge(Meter.ViewerRequests, 1), new Charge(Meter.ViewerGigabytes, Bytes / Charge.GigabyteBytes)];

    string? IFact.Resource => FactResource.Of("cloudfront", Uri);
}

/// <summary>A function failed, or returned what CloudFront would not accept.</summary>
internal sealed record EdgeFunctionFailed(
    string RequestId, string FunctionName, string EventType, string Result, string Why) : IEdgeFunctionFact;
