using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Delivery.Operations;

/// <summary>Tells how a function's asynchronous invocation is configured.</summary>
/// <remarks>Source: AWS Lambda API Reference, GetFunctionEventInvokeConfig.</remarks>
internal sealed class GetFunctionEventInvokeConfig(EventInvokeConfigChanges changes)
{
    /// <exception cref="AwsException">ResourceNotFoundException, also when there is no such function; and what a
    /// function's name can have wrong.</exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        var target = EventInvokeConfigTarget.Of(request, "lambda:GetFunctionEventInvokeConfig");
        var config = changes.Get(target);
        return JsonBody.WriteAsync(request, json => EventInvokeConfigView.Write(json, target.QualifiedArn, config));
    }
}
