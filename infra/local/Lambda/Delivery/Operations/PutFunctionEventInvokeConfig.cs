using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Delivery.Operations;

/// <summary>Configures a function's asynchronous invocation anew.</summary>
/// <remarks>Source: AWS Lambda API Reference, PutFunctionEventInvokeConfig.</remarks>
internal sealed class PutFunctionEventInvokeConfig(EventInvokeConfigChanges changes)
{
    /// <exception cref="AwsException">As <see cref="EventInvokeConfigChanges.Put"/>, and what a function's name can
    /// have wrong.</exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        var target = EventInvokeConfigTarget.Of(request, "lambda:PutFunctionEventInvokeConfig");
        var config = changes.Put(target, await EventInvokeConfigRequest.ReadAsync(request));
        await JsonBody.WriteAsync(request, json => EventInvokeConfigView.Write(json, target.QualifiedArn, config));
    }
}
