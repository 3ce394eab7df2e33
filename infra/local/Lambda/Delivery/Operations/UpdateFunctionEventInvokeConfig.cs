using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Delivery.Operations;

/// <summary>Changes some settings of a function's asynchronous invocation.</summary>
/// <remarks>Source: AWS Lambda API Reference, UpdateFunctionEventInvokeConfig.</remarks>
internal sealed class UpdateFunctionEventInvokeConfig(EventInvokeConfigChanges changes)
{
    /// <exception cref="AwsException">As <see cref="EventInvokeConfigChanges.Update"/>, and what a function's name can
    /// have wrong.</exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        var target = EventInvokeConfigTarget.Of(request, "lambda:UpdateFunctionEventInvokeConfig");
        var config = changes.Update(target, await EventInvokeConfigRequest.ReadAsync(request));
        await JsonBody.WriteAsync(request, json => EventInvokeConfigView.Write(json, target.QualifiedArn, config));
    }
}
